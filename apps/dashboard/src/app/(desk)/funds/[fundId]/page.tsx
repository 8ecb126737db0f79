import type { Metadata } from 'next'
import { FundOverview } from '@/features/funds/fund-overview.tsx'

export const metadata: Metadata = { title: 'Fund' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <FundOverview fundId={fundId} />
}
