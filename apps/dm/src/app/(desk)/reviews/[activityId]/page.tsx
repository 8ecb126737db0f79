import type { Metadata } from 'next'
import { ReviewScreen } from '@/features/reviews/review-screen.tsx'

export const metadata: Metadata = { title: 'Review' }

export default async function Page({ params }: { params: Promise<{ activityId: string }> }) {
  const { activityId } = await params
  return <ReviewScreen activityId={activityId} />
}
