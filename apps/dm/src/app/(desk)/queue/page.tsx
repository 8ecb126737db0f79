import type { Metadata } from 'next'
import { QueueScreen } from '@/features/reviews/queue-screen.tsx'

export const metadata: Metadata = { title: 'Review queue' }

export default function Page() {
  return <QueueScreen />
}
