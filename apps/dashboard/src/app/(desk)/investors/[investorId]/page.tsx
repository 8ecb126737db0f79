import type { Metadata } from 'next'
import { InvestorScreen } from '@/features/investors/investor-screen.tsx'

export const metadata: Metadata = { title: 'Investor' }

export default async function Page({ params }: { params: Promise<{ investorId: string }> }) {
  const { investorId } = await params
  return <InvestorScreen investorId={investorId} />
}
