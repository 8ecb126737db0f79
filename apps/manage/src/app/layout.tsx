import type { Metadata } from 'next'
import './globals.css'

export { PortalDocument as default } from '@throughline/ui/document'

export const metadata: Metadata = {
  title: { default: 'Throughline Console', template: '%s · Throughline Console' },
  description: 'Every firm, every job, every part.',
}
