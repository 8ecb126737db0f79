import { portalView, wireDetails } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'
import { bytesOf } from '../fund-documents/fund-documents.api.ts'

export const openPortal = (token: string) =>
  apiFetch('/portal/v1/open', { method: 'POST', body: { token }, schema: portalView })
export const showWire = (token: string) =>
  apiFetch('/portal/v1/wire', { method: 'POST', body: { token }, schema: wireDetails })

/** The bytes of a document that the link shows. @throws ApiError */
export const readPortalFile = (token: string, documentId: string): Promise<ArrayBuffer> =>
  bytesOf(
    fetch('/api/portal/v1/file', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, documentId }),
      credentials: 'omit',
    }),
  )
