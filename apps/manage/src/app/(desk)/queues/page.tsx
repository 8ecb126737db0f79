import type { Metadata } from 'next'
import { QueuesScreen } from '@/features/jobs/queues-screen.tsx'

export const metadata: Metadata = { title: 'Queues' }

export default function Page() {
  return <QueuesScreen />
}
