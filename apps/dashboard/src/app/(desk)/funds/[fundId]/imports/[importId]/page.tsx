import type { Metadata } from 'next'
import { FundImportScreen } from '@/features/fund-imports/fund-import-screen.tsx'

export const metadata: Metadata = { title: 'Import' }

export default async function Page({ params }: { params: Promise<{ fundId: string; importId: string }> }) {
  const { fundId, importId } = await params
  return <FundImportScreen fundId={fundId} importId={importId} />
}
