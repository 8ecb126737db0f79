// What the page about the books asks the API.
import {
  ledgerEntryDetail,
  ledgerEntryPage,
  periodLock,
  type ReverseEntry,
  type SetPeriodLock,
  trialBalance,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const fund = (fundId: string) => `/tenant/v1/funds/${fundId}`

export const readTrialBalance = (fundId: string, asOf: string, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/trial-balance${queryString({ asOf })}`, { schema: trialBalance, signal })
export const readEntries = (
  fundId: string,
  { account, cursor }: { account: string; cursor: string | null },
  signal: AbortSignal,
) =>
  apiFetch(`${fund(fundId)}/entries${queryString({ account, cursor, limit: 25 })}`, { schema: ledgerEntryPage, signal })
export const readEntry = (fundId: string, entryId: string, signal: AbortSignal) =>
  apiFetch(`${fund(fundId)}/entries/${entryId}`, { schema: ledgerEntryDetail, signal })
export const postReversal = (fundId: string, entryId: string, body: ReverseEntry, idempotencyKey: string) =>
  apiFetch(`${fund(fundId)}/entries/${entryId}/reverse`, {
    method: 'POST',
    body,
    schema: ledgerEntryDetail,
    idempotencyKey,
  })
export const putLock = (fundId: string, body: SetPeriodLock, idempotencyKey: string) =>
  apiFetch(`${fund(fundId)}/period-lock`, { method: 'PUT', body, schema: periodLock, idempotencyKey })
