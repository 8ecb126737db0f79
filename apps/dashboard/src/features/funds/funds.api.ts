// What the pages of the fund desk ask the API about funds.
import { fundPage, fundView } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const base = '/tenant/v1/funds'

export const readFunds = (cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${base}${queryString({ cursor, limit: 50 })}`, { schema: fundPage, signal })
export const readFund = (id: string, signal: AbortSignal) => apiFetch(`${base}/${id}`, { schema: fundView, signal })
