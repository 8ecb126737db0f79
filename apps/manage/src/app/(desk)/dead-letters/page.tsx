import type { Metadata } from 'next'
import { DeadLettersScreen } from '@/features/jobs/dead-letters-screen.tsx'

export const metadata: Metadata = { title: 'Dead letters' }

export default function Page() {
  return <DeadLettersScreen />
}
