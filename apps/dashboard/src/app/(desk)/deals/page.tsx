import type { Metadata } from 'next'
import { DealsScreen } from '@/features/deals/deals-screen.tsx'

export const metadata: Metadata = { title: 'Deals' }

export default function Page() {
  return <DealsScreen />
}
