import type { Metadata } from 'next'
import { DealThreadScreen } from '@/features/deal-thread/deal-thread-screen.tsx'

export const metadata: Metadata = { title: 'The money of a deal' }

export default async function Page({ params }: { params: Promise<{ dealId: string }> }) {
  const { dealId } = await params
  return <DealThreadScreen dealId={dealId} />
}
