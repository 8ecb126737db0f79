// What the files of a fund ask the API.
import {
  type FundImportKind,
  type FundImportOptions,
  fundImportAccepted,
  fundImportPage,
  fundImportView,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const ofFund = (fundId: string) => `/tenant/v1/funds/${fundId}/imports`
const ofImport = (importId: string) => `/tenant/v1/fund-imports/${importId}`

export const readImports = (fundId: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${ofFund(fundId)}${queryString({ cursor })}`, { schema: fundImportPage, signal })
export const readImport = (importId: string, signal: AbortSignal) =>
  apiFetch(ofImport(importId), { schema: fundImportView, signal })
export const postInspect = (importId: string, options: FundImportOptions) =>
  apiFetch(`${ofImport(importId)}/inspect`, { method: 'POST', body: options, schema: fundImportView })
export const postCommit = (importId: string, confirmation: string, idempotencyKey: string) =>
  apiFetch(`${ofImport(importId)}/commit`, {
    ...{ method: 'POST', body: { confirmation }, idempotencyKey, schema: fundImportView },
  })

/** Streams the file; the browser does not read it. */
export function postFile(fundId: string, file: File, kind: FundImportKind) {
  const form = new FormData()
  form.append('file', file)
  return apiFetch(`${ofFund(fundId)}?kind=${kind}`, { method: 'POST', body: form, schema: fundImportAccepted })
}
