import { EntryLink, LoginScreen } from '@throughline/ui'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Sign in' }

export default function LoginPage() {
  return (
    <LoginScreen home="/pipeline" title="Dashboard" promise="Your pipeline, your content, your capital.">
      <EntryLink href="/register">Create a firm</EntryLink>
    </LoginScreen>
  )
}
