import type { ReactNode } from 'react'
import { FundFrame } from '@/features/funds/fund-frame.tsx'

interface Props {
  children: ReactNode
  params: Promise<{ fundId: string }>
}

export default async function FundLayout({ children, params }: Props) {
  const { fundId } = await params
  return <FundFrame fundId={fundId}>{children}</FundFrame>
}
