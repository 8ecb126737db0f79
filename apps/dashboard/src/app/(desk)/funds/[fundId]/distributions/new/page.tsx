import type { Metadata } from 'next'
import { DraftScreen } from '@/features/distributions/draft-screen.tsx'

export const metadata: Metadata = { title: 'Distribution' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <DraftScreen fundId={fundId} />
}
