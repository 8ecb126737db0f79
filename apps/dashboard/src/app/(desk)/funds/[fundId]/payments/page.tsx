import type { Metadata } from 'next'
import { PaymentsScreen } from '@/features/payments/payments-screen.tsx'

export const metadata: Metadata = { title: 'Payments' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <PaymentsScreen fundId={fundId} />
}
