import type { Metadata } from 'next'
import { BooksScreen } from '@/features/books/books-screen.tsx'

export const metadata: Metadata = { title: 'Books' }

export default async function Page({ params }: { params: Promise<{ fundId: string }> }) {
  const { fundId } = await params
  return <BooksScreen fundId={fundId} />
}
