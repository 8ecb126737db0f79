import type { Metadata } from 'next'
import { MailScreen } from '@/features/mail/mail-screen.tsx'

export const metadata: Metadata = { title: 'Mail' }

export default async function Page({ params }: { params: Promise<{ mailId: string }> }) {
  const { mailId } = await params
  return <MailScreen mailId={mailId} />
}
