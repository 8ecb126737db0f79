import type { Metadata } from 'next'
import { PositionScreen } from '@/features/commitments/position-screen.tsx'

export const metadata: Metadata = { title: 'Investor in the fund' }

export default async function Page({ params }: { params: Promise<{ fundId: string; investorId: string }> }) {
  const { fundId, investorId } = await params
  return <PositionScreen fundId={fundId} investorId={investorId} />
}
