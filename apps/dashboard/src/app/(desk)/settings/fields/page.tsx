import type { Metadata } from 'next'
import { FieldsScreen } from '@/features/custom-fields/fields-screen.tsx'

export const metadata: Metadata = { title: 'Fields' }

export default function Page() {
  return <FieldsScreen />
}
