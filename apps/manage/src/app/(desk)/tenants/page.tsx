import type { Metadata } from 'next'
import { Suspense } from 'react'
import { TenantsScreen } from '@/features/tenants/tenants-screen.tsx'

export const metadata: Metadata = { title: 'Tenants' }

export default function Page() {
  return (
    <Suspense>
      <TenantsScreen />
    </Suspense>
  )
}
