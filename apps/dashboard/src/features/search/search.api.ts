import { searchPage } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

/** A few of each kind; nothing typed: what was changed last. */
export const readHits = (q: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/search${queryString({ q, each: 6, limit: 24 })}`, { schema: searchPage, signal })
