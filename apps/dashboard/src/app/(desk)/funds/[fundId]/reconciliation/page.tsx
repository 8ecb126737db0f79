import type { Metadata } from 'next'
import { ReconciliationScreen } from '@/features/reconciliation/reconciliation-screen.tsx'

export const metadata: Metadata = { title: 'Reconciliation' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <ReconciliationScreen fundId={fundId} />
}
