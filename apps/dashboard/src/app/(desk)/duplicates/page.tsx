import type { Metadata } from 'next'
import { DuplicatesScreen } from '@/features/duplicates/duplicates-screen.tsx'

export const metadata: Metadata = { title: 'Duplicates' }

export default function Page() {
  return <DuplicatesScreen />
}
