// What the reconciliation of a fund asks the API.
import {
  type RepairReconciliationBreak,
  reconciliationBreakPage,
  reconciliationBreakView,
  reconciliationRunPage,
  reconciliationRunView,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const ofFund = (fundId: string) => `/tenant/v1/funds/${fundId}`
const ofBreak = (breakId: string) => `/tenant/v1/reconciliation-breaks/${breakId}`

export const readRuns = (fundId: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${ofFund(fundId)}/reconciliations${queryString({ cursor, limit: 14 })}`, {
    schema: reconciliationRunPage,
    signal,
  })
export const postRun = (fundId: string) =>
  apiFetch(`${ofFund(fundId)}/reconciliations`, { method: 'POST', body: {}, schema: reconciliationRunView })
export const readBreaks = (
  fundId: string,
  query: { state: 'open' | 'resolved'; cursor: string | null },
  signal: AbortSignal,
) =>
  apiFetch(`${ofFund(fundId)}/reconciliation-breaks${queryString(query)}`, { schema: reconciliationBreakPage, signal })
export const patchBreak = (
  { id, version }: { id: string; version: number },
  body: { ownerId?: string | null; note?: string | null },
) => apiFetch(ofBreak(id), { method: 'PATCH', body, ifMatch: version, schema: reconciliationBreakView })
export const postRepair = (id: string, body: RepairReconciliationBreak, idempotencyKey: string) =>
  apiFetch(`${ofBreak(id)}/repair`, { method: 'POST', body, idempotencyKey, schema: reconciliationBreakView })
