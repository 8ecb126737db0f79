// What the pages about investors ask the API.
import {
  bankAccountAnswer,
  type CreateInvestor,
  investorDetail,
  investorPage,
  investorView,
  type SetBankAccount,
} from '@throughline/contracts'
import { apiFetch, type Picked, queryString } from '@throughline/ui'

const base = '/tenant/v1/investors'

export const readInvestors = (q: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${base}${queryString({ q, cursor, limit: 50 })}`, { schema: investorPage, signal })
export const searchInvestors = async (typed: string, signal: AbortSignal): Promise<Picked[]> =>
  (await apiFetch(`${base}${queryString({ q: typed, limit: 20 })}`, { schema: investorPage, signal })).data.map(
    ({ id, name, code }) => ({ id, label: name, detail: code }),
  )
export const readInvestor = (id: string, signal: AbortSignal) =>
  apiFetch(`${base}/${id}`, { schema: investorDetail, signal })
export const postInvestor = (body: CreateInvestor, idempotencyKey: string) =>
  apiFetch(base, { method: 'POST', body, idempotencyKey, schema: investorView })
export const patchInvestor = (id: string, version: number, body: CreateInvestor, idempotencyKey: string) =>
  apiFetch(`${base}/${id}`, { method: 'PATCH', body, ifMatch: version, idempotencyKey, schema: investorView })
export const putBank = (id: string, body: SetBankAccount) =>
  apiFetch(`${base}/${id}/bank`, { method: 'PUT', body, schema: investorView })
export const readBank = (id: string) => apiFetch(`${base}/${id}/bank`, { schema: bankAccountAnswer })
