import { claimed, decidedPage, leaseView, queuePage, queueStatistics, reviewView } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

export const readQueue = (signal: AbortSignal) => apiFetch('/dm/v1/queue?limit=50', { schema: queuePage, signal })
export const readStatistics = (signal: AbortSignal) =>
  apiFetch('/dm/v1/queue/statistics', { schema: queueStatistics, signal })
export const readReview = (id: string, signal: AbortSignal) =>
  apiFetch(`/dm/v1/reviews/${id}`, { schema: reviewView, signal })
export const readHistory = (cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/dm/v1/history${queryString({ cursor, limit: 50 })}`, { schema: decidedPage, signal })
export const postNext = () => apiFetch('/dm/v1/queue/next', { method: 'POST', body: {}, schema: claimed })
export const postHeartbeat = (id: string, claimToken: string) =>
  apiFetch(`/dm/v1/reviews/${id}/heartbeat`, { method: 'POST', body: { claimToken }, schema: leaseView })
export const postRelease = (id: string, claimToken: string) =>
  apiFetch(`/dm/v1/reviews/${id}/release`, { method: 'POST', body: { claimToken } })

export type Decision =
  | { kind: 'approve' }
  | { kind: 'reject'; reason: string }
  | { kind: 'request-revision'; notes: string }

/** A decision carries the claim and the version that was read. */
export const postDecision = (
  id: string,
  held: { claimToken: string; versionNumber: number },
  { kind, ...words }: Decision,
) => apiFetch(`/dm/v1/reviews/${id}/${kind}`, { method: 'POST', body: { ...held, ...words } })
