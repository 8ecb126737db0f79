import type { Metadata } from 'next'
import { ContentScreen } from '@/features/content/content-screen.tsx'

export const metadata: Metadata = { title: 'Content' }

export default function Page() {
  return <ContentScreen />
}
