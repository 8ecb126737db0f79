import { dealImportPage, dealImportView, importAccepted, type StartImport } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

export const readImports = (signal: AbortSignal) =>
  apiFetch('/tenant/v1/deal-imports?limit=50', { schema: dealImportPage, signal })
export const readImport = (id: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/deal-imports/${id}`, { schema: dealImportView, signal })
export const postStart = (id: string, body: StartImport) =>
  apiFetch(`/tenant/v1/deal-imports/${id}/start`, { method: 'POST', body, schema: importAccepted })
export const postCancel = (id: string) =>
  apiFetch(`/tenant/v1/deal-imports/${id}/cancel`, { method: 'POST', body: {}, schema: dealImportView })

/** Streams the file; the browser does not read it. */
export function postFile(file: File) {
  const form = new FormData()
  form.append('file', file)
  return apiFetch('/tenant/v1/deal-imports', { method: 'POST', body: form, schema: importAccepted })
}
