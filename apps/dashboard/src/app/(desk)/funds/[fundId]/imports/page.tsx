import type { Metadata } from 'next'
import { FundImportsScreen } from '@/features/fund-imports/fund-imports-screen.tsx'

export const metadata: Metadata = { title: 'Imports of the fund' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <FundImportsScreen fundId={fundId} />
}
