import type { Metadata } from 'next'
import { Suspense } from 'react'
import { DealsScreen } from '@/features/deals/deals-screen.tsx'

export const metadata: Metadata = { title: 'Deals' }

export default function Page() {
  return (
    <Suspense>
      <DealsScreen />
    </Suspense>
  )
}
