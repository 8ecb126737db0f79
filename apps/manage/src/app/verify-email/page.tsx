import { VerifyEmailScreen } from '@throughline/ui'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Confirm your address' }

export default function Page() {
  return <VerifyEmailScreen portal="Console" />
}
