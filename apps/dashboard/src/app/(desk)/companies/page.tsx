import type { Metadata } from 'next'
import { CompaniesScreen } from '@/features/companies/companies-screen.tsx'

export const metadata: Metadata = { title: 'Companies' }

export default function Page() {
  return <CompaniesScreen />
}
