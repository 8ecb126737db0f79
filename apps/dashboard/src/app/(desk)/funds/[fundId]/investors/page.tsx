import type { Metadata } from 'next'
import { FundInvestorsScreen } from '@/features/commitments/fund-investors-screen.tsx'

export const metadata: Metadata = { title: 'Investors of the fund' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <FundInvestorsScreen fundId={fundId} />
}
