import { ForgotPasswordScreen } from '@throughline/ui'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Forgot your password?' }

export default function Page() {
  return <ForgotPasswordScreen portal="Dashboard" />
}
