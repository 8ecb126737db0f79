import type { Metadata } from 'next'
import { InvestorsScreen } from '@/features/investors/investors-screen.tsx'

export const metadata: Metadata = { title: 'Investors' }

export default function Page() {
  return <InvestorsScreen />
}
