import { dealStatistics } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'
import type { Period } from './periods.ts'

export const readReport = (period: Period, mine: boolean, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/deals/statistics${queryString({ ...period, mine: mine ? 'true' : '' })}`, {
    schema: dealStatistics,
    signal,
  })
