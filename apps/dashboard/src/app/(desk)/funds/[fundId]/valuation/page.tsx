import type { Metadata } from 'next'
import { ValuationScreen } from '@/features/valuation/valuation-screen.tsx'

export const metadata: Metadata = { title: 'Valuation' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <ValuationScreen fundId={fundId} />
}
