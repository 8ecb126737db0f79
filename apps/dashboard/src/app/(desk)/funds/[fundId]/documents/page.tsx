import type { Metadata } from 'next'
import { DocumentsScreen } from '@/features/fund-documents/documents-screen.tsx'

export const metadata: Metadata = { title: 'Documents of the fund' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <DocumentsScreen fundId={fundId} />
}
