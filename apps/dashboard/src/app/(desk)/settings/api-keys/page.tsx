import type { Metadata } from 'next'
import { ApiKeysScreen } from '@/features/api-keys/api-keys-screen.tsx'

export const metadata: Metadata = { title: 'API keys' }

export default function Page() {
  return <ApiKeysScreen />
}
