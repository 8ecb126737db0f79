// What the pages of the fund desk ask the API about funds.
import {
  bankAccountAnswer,
  type CreateFund,
  fundPage,
  fundView,
  recentOfFund,
  type SetBankAccount,
  type UpdateFund,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const base = '/tenant/v1/funds'

export const readFunds = (cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${base}${queryString({ cursor, limit: 50 })}`, { schema: fundPage, signal })
export const readFund = (id: string, signal: AbortSignal) => apiFetch(`${base}/${id}`, { schema: fundView, signal })
export const readRecent = (id: string, signal: AbortSignal) =>
  apiFetch(`${base}/${id}/recent`, { schema: recentOfFund, signal })
export const postFund = (body: Omit<CreateFund, 'terms'>, idempotencyKey: string) =>
  apiFetch(base, { method: 'POST', body, idempotencyKey, schema: fundView })
export const patchFund = ({ id, version, ...body }: UpdateFund & { id: string; version: number }) =>
  apiFetch(`${base}/${id}`, { method: 'PATCH', body, ifMatch: version, schema: fundView })
export const postFundState = (
  { id, version }: { id: string; version: number },
  act: 'close' | 'reopen',
  body: { reason: string },
  idempotencyKey: string,
) => apiFetch(`${base}/${id}/${act}`, { method: 'POST', body, ifMatch: version, idempotencyKey, schema: fundView })
export const putWire = (id: string, body: SetBankAccount) =>
  apiFetch(`${base}/${id}/wire`, { method: 'PUT', body, schema: fundView })
export const readWire = (id: string) => apiFetch(`${base}/${id}/wire`, { schema: bankAccountAnswer })
