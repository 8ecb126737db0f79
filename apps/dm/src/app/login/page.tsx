import { LoginScreen } from '@throughline/ui'
import type { Metadata } from 'next'
import { Suspense } from 'react'

export const metadata: Metadata = { title: 'Sign in' }

export default function LoginPage() {
  return (
    <Suspense>
      <LoginScreen home="/queue" title="Review" promise="Read, decide, move on to the next." />
    </Suspense>
  )
}
