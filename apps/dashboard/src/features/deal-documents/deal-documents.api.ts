import { dealDocuments, dealSummaryRequested, dealSummaryView } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

export const readDealDocuments = (dealId: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/deals/${dealId}/documents`, { schema: dealDocuments, signal })
export const readDealSummary = (dealId: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/deals/${dealId}/summary`, { schema: dealSummaryView, signal })
export const postDealSummary = (dealId: string) =>
  apiFetch(`/tenant/v1/deals/${dealId}/summary`, { method: 'POST', body: {}, schema: dealSummaryRequested })
