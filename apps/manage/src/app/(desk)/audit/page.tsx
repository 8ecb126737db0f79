import type { Metadata } from 'next'
import { Suspense } from 'react'
import { AuditScreen } from '@/features/audit/audit-screen.tsx'

export const metadata: Metadata = { title: 'Audit' }

export default function Page() {
  return (
    <Suspense>
      <AuditScreen />
    </Suspense>
  )
}
