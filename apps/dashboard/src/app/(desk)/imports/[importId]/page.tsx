import type { Metadata } from 'next'
import { ImportScreen } from '@/features/imports/import-screen.tsx'

export const metadata: Metadata = { title: 'Import' }

export default async function Page({ params }: { params: Promise<{ importId: string }> }) {
  const { importId } = await params
  return <ImportScreen importId={importId} />
}
