import type { Metadata } from 'next'
import { StagesScreen } from '@/features/pipeline/stages-screen.tsx'

export const metadata: Metadata = { title: 'Stages' }

export default function Page() {
  return <StagesScreen />
}
