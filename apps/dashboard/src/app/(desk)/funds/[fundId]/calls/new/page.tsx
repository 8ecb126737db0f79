import type { Metadata } from 'next'
import { CallWizard } from '@/features/calls/call-wizard.tsx'

export const metadata: Metadata = { title: 'New capital call' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <CallWizard fundId={fundId} />
}
