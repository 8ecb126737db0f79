import type { Metadata } from 'next'
import { RegisterScreen } from '@/features/entry/register-screen.tsx'

export const metadata: Metadata = { title: 'Create a firm' }

export default function Page() {
  return <RegisterScreen />
}
