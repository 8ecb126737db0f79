import type { Metadata } from 'next'
import './globals.css'

export { PortalDocument as default } from '@throughline/ui/document'

export const metadata: Metadata = {
  title: { default: 'Throughline Dashboard', template: '%s · Throughline Dashboard' },
  description: 'Your pipeline, your content, your capital.',
}
