import type { Metadata } from 'next'
import { MailsScreen } from '@/features/mail/mails-screen.tsx'

export const metadata: Metadata = { title: 'Mail' }

export default function Page() {
  return <MailsScreen />
}
