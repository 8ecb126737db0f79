import type { Metadata } from 'next'
import { TermsScreen } from '@/features/funds/terms-screen.tsx'

export const metadata: Metadata = { title: 'Terms of the fund' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <TermsScreen fundId={fundId} />
}
