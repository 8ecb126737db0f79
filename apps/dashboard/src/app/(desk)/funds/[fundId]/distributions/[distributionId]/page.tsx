import type { Metadata } from 'next'
import { DistributionScreen } from '@/features/distributions/distribution-screen.tsx'

export const metadata: Metadata = { title: 'Distribution' }

export default async function Page({ params }: { params: Promise<{ fundId: string; distributionId: string }> }) {
  return <DistributionScreen {...(await params)} />
}
