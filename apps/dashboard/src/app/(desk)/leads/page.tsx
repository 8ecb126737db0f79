import type { Metadata } from 'next'
import { LeadsScreen } from '@/features/leads/leads-screen.tsx'

export const metadata: Metadata = { title: 'Leads' }

export default function Page() {
  return <LeadsScreen />
}
