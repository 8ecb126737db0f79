import type { Metadata } from 'next'
import { JobsScreen } from '@/features/jobs/jobs-screen.tsx'

export const metadata: Metadata = { title: 'Jobs' }

export default function Page() {
  return <JobsScreen />
}
