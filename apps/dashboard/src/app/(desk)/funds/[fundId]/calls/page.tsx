import type { Metadata } from 'next'
import { CallsScreen } from '@/features/calls/calls-screen.tsx'

export const metadata: Metadata = { title: 'Capital calls' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <CallsScreen fundId={fundId} />
}
