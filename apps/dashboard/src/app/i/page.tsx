import type { Metadata } from 'next'
import { PortalScreen } from '@/features/portal/portal-screen.tsx'

/** For whoever has a link, and for nobody who searches. */
export const metadata: Metadata = {
  title: 'Your document',
  robots: { index: false, follow: false },
  referrer: 'no-referrer',
}

export default function Page() {
  return <PortalScreen />
}
