import type { ReactNode } from 'react'
import { ReviewShell } from '@/features/shell/review-shell.tsx'

export default function ReviewLayout({ children }: { children: ReactNode }) {
  return <ReviewShell>{children}</ReviewShell>
}
