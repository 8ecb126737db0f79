import { AccountScreen } from '@throughline/ui'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Your account' }

export default function Page() {
  return <AccountScreen />
}
