import type { Metadata } from 'next'
import { FundsScreen } from '@/features/funds/funds-screen.tsx'

export const metadata: Metadata = { title: 'Funds' }

export default function Page() {
  return <FundsScreen />
}
