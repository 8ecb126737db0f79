import type { Metadata } from 'next'
import { CallScreen } from '@/features/calls/call-screen.tsx'

export const metadata: Metadata = { title: 'Capital call' }

export default async function Page({ params }: { params: Promise<{ fundId: string; callId: string }> }) {
  const { fundId, callId } = await params
  return <CallScreen fundId={fundId} callId={callId} />
}
