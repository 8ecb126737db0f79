import type { Metadata } from 'next'
import { DistributionsScreen } from '@/features/distributions/distributions-screen.tsx'

export const metadata: Metadata = { title: 'Distributions' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <DistributionsScreen fundId={fundId} />
}
