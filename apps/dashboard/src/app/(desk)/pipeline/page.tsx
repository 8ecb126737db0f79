import type { Metadata } from 'next'
import { PipelineScreen } from '@/features/deals/pipeline-screen.tsx'

export const metadata: Metadata = { title: 'Pipeline' }

export default function Page() {
  return <PipelineScreen />
}
