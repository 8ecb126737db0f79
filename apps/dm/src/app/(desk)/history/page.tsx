import type { Metadata } from 'next'
import { HistoryScreen } from '@/features/reviews/history-screen.tsx'

export const metadata: Metadata = { title: 'History' }

export default function Page() {
  return <HistoryScreen />
}
