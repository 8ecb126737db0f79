import { LoginScreen } from '@throughline/ui'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Sign in' }

export default function LoginPage() {
  return <LoginScreen home="/queue" title="Review" promise="Read, decide, move on to the next." />
}
