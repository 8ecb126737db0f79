import type { Metadata } from 'next'
import { AcceptInvitationScreen } from '@/features/entry/accept-invitation-screen.tsx'

export const metadata: Metadata = { title: 'Your invitation' }

export default function Page() {
  return <AcceptInvitationScreen />
}
