import type { Metadata } from 'next'
import { ImpersonateScreen } from '@/features/entry/impersonate-screen.tsx'

export const metadata: Metadata = { title: 'Acting as a member' }

export default function Page() {
  return <ImpersonateScreen />
}
