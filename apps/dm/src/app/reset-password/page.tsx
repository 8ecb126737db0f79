import { ResetPasswordScreen } from '@throughline/ui'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Choose a new password' }

export default function Page() {
  return <ResetPasswordScreen portal="Review" />
}
