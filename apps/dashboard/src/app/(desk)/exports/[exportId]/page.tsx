import type { Metadata } from 'next'
import { ExportScreen } from '@/features/exports/export-screen.tsx'

export const metadata: Metadata = { title: 'Export' }

export default async function Page({ params }: { params: Promise<{ exportId: string }> }) {
  const { exportId } = await params
  return <ExportScreen exportId={exportId} />
}
