import type { Metadata } from 'next'
import { ActivityScreen } from '@/features/content/activity-screen.tsx'

export const metadata: Metadata = { title: 'Content' }

export default async function Page({ params }: { params: Promise<{ activityId: string }> }) {
  const { activityId } = await params
  return <ActivityScreen activityId={activityId} />
}
