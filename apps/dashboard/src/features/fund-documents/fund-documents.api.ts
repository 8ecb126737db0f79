import {
  documentsRequested,
  type FundDocumentKind,
  fileLink,
  fundDocumentPage,
  fundDocumentView,
  noticeProgress,
} from '@throughline/contracts'
import { ApiError, apiFetch, queryString } from '@throughline/ui'

export interface DocumentFilter {
  kind?: FundDocumentKind
  subject?: string
  investorId?: string
}

export const readDocuments = (fundId: string, filter: DocumentFilter, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/funds/${fundId}/documents${queryString({ ...filter, cursor, limit: 50 })}`, {
    schema: fundDocumentPage,
    signal,
  })
export const readDocument = (id: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/fund-documents/${id}`, { schema: fundDocumentView, signal })
export const deleteDocument = (id: string) => apiFetch(`/tenant/v1/fund-documents/${id}`, { method: 'DELETE' })
export const readNoticeProgress = (callId: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/capital-calls/${callId}/notices`, { schema: noticeProgress, signal })
export const postNotices = (callId: string) =>
  apiFetch(`/tenant/v1/capital-calls/${callId}/notices`, { method: 'POST', body: {}, schema: documentsRequested })
export const postStatements = (fundId: string, body: { period: string; notify: boolean }, idempotencyKey: string) =>
  apiFetch(`/tenant/v1/funds/${fundId}/statements`, {
    method: 'POST',
    body,
    idempotencyKey,
    schema: documentsRequested,
  })
export const postSending = (documentId: string) =>
  apiFetch(`/tenant/v1/fund-documents/${documentId}/send`, { method: 'POST', body: {}, schema: documentsRequested })
export const postRevocation = (linkId: string) =>
  apiFetch(`/tenant/v1/portal-links/${linkId}/revoke`, { method: 'POST', body: {} })
export function postUpload({ fundId, dealId }: { fundId: string; dealId: string | null }, file: File) {
  const body = new FormData()
  body.append('file', file)
  const url = `/tenant/v1/funds/${fundId}/documents${queryString({ dealId })}`
  return apiFetch(url, { method: 'POST', body, schema: fundDocumentView })
}

/** A fresh way to a file, for five minutes. */
export const postFileLink = (fileId: string) =>
  apiFetch(`/media/v1/files/${fileId}/link`, { method: 'POST', body: {}, schema: fileLink })

/** The bytes of an answer that is a file. @throws ApiError */
export async function bytesOf(asked: Promise<Response>): Promise<ArrayBuffer> {
  const response = await asked
  if (!response.ok)
    throw new ApiError({ code: 'not_found', message: 'The file could not be opened.', status: response.status })
  return response.arrayBuffer()
}

/** The bytes of a file, to be shown here. */
export async function readFileBytes(fileId: string): Promise<ArrayBuffer> {
  const { url } = await postFileLink(fileId)
  return bytesOf(fetch(`/api${url}`))
}
