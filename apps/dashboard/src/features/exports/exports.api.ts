import { dataExportPage, dataExportView, exportAccepted, fileLink, type RequestExport } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

export const readExports = (signal: AbortSignal) =>
  apiFetch('/tenant/v1/exports?limit=50', { schema: dataExportPage, signal })
export const readExport = (id: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/exports/${id}`, { schema: dataExportView, signal })
export const postExport = (body: RequestExport) =>
  apiFetch('/tenant/v1/exports', { method: 'POST', body, schema: exportAccepted })
/** A fresh way to the file, for five minutes. */
export const postFileLink = (fileId: string) =>
  apiFetch(`/media/v1/files/${fileId}/link`, { method: 'POST', body: {}, schema: fileLink })
