import type { Metadata } from 'next'
import { CalendarScreen } from '@/features/deals/calendar-screen.tsx'

export const metadata: Metadata = { title: 'Calendar' }

export default function Page() {
  return <CalendarScreen />
}
