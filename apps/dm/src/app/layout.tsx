import type { Metadata } from 'next'
import './globals.css'

export { PortalDocument as default } from '@throughline/ui/document'

export const metadata: Metadata = {
  title: { default: 'Throughline Review', template: '%s · Throughline Review' },
  description: 'Read, decide, move on to the next.',
}
