import {
  dealImportPage,
  dealImportView,
  importAccepted,
  importSourcePage,
  type RecordKind,
  type StartImport,
} from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

export const readImports = (signal: AbortSignal) =>
  apiFetch('/tenant/v1/deal-imports?limit=50', { schema: dealImportPage, signal })
export const readImport = (id: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/deal-imports/${id}`, { schema: dealImportView, signal })
export const postStart = (id: string, body: StartImport) =>
  apiFetch(`/tenant/v1/deal-imports/${id}/start`, { method: 'POST', body, schema: importAccepted })
export const postCancel = (id: string) =>
  apiFetch(`/tenant/v1/deal-imports/${id}/cancel`, { method: 'POST', body: {}, schema: dealImportView })

export const postRevert = (id: string) =>
  apiFetch(`/tenant/v1/deal-imports/${id}/revert`, { method: 'POST', body: {}, schema: importAccepted })
export const readSources = (signal: AbortSignal) =>
  apiFetch('/tenant/v1/import-sources?limit=100', { schema: importSourcePage, signal })
export const deleteSource = (id: string) => apiFetch(`/tenant/v1/import-sources/${id}`, { method: 'DELETE' })

/** Streams the file; the browser does not read it. */
export function postFile(file: File, kind: RecordKind) {
  const form = new FormData()
  form.append('file', file)
  return apiFetch(`/tenant/v1/deal-imports?kind=${kind}`, { method: 'POST', body: form, schema: importAccepted })
}
