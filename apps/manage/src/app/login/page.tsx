import { LoginScreen } from '@throughline/ui'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Sign in' }

export default function LoginPage() {
  return <LoginScreen home="/" title="Console" promise="Every firm, every job, every part." />
}
