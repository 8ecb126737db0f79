// What the screens of the deal desk ask the API. `query` is filter and sort as text (deal-query.ts).
import {
  type BulkChange,
  bulkResult,
  type CreateDeal,
  companyPage,
  companyView,
  contactPage,
  contactView,
  dealBoard,
  dealCalendar,
  dealDetail,
  dealPage,
  dealStatistics,
  dealView,
  type MoveDeal,
  type UpdateDeal,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const deals = '/tenant/v1/deals'
/** Filter and sort with what else is asked. */
const asked = (query: string, more: Record<string, string | number | null> = {}): string => {
  const rest = queryString(more).slice(1)
  const text = [query, rest].filter(Boolean).join('&')
  return text === '' ? '' : `?${text}`
}

export const readDeals = (query: string, cursor: string | null, signal?: AbortSignal, limit = 50) =>
  apiFetch(`${deals}${asked(query, { cursor, limit })}`, { schema: dealPage, signal })
export const readBoard = (query: string, signal: AbortSignal) =>
  apiFetch(`${deals}/board${asked(query, { limit: 20 })}`, { schema: dealBoard, signal })
export const readCalendar = (filter: string, range: { closeFrom: string; closeTo: string }, signal: AbortSignal) =>
  apiFetch(`${deals}/calendar${asked(filter, range)}`, { schema: dealCalendar, signal })
export const readStatistics = (signal: AbortSignal) =>
  apiFetch(`${deals}/statistics`, { schema: dealStatistics, signal })
export const readDeal = (id: string, signal?: AbortSignal) => apiFetch(`${deals}/${id}`, { schema: dealDetail, signal })

export const postDeal = (body: Partial<CreateDeal>) => apiFetch(deals, { method: 'POST', body, schema: dealView })
export const patchDeal = (id: string, version: number, body: UpdateDeal) =>
  apiFetch(`${deals}/${id}`, { method: 'PATCH', body, ifMatch: version, schema: dealView })
export const postMove = (id: string, body: MoveDeal) =>
  apiFetch(`${deals}/${id}/move`, { method: 'POST', body, schema: dealView })
export const deleteDeal = (id: string) => apiFetch(`${deals}/${id}`, { method: 'DELETE' })
export const postRestore = (id: string) => apiFetch(`${deals}/${id}/restore`, { method: 'POST', body: {} })
export const postPurge = (id: string) => apiFetch(`${deals}/${id}/purge`, { method: 'POST', body: {} })

export const postBulk = (ids: readonly string[], change: BulkChange) =>
  apiFetch(`${deals}/bulk`, { method: 'POST', body: { ids, change }, schema: bulkResult })
export const postBulkDelete = (ids: readonly string[]) =>
  apiFetch(`${deals}/bulk-delete`, { method: 'POST', body: { ids }, schema: bulkResult })
export const postUndo = (batchId: string) =>
  apiFetch(`${deals}/batches/${batchId}/undo`, { method: 'POST', body: {}, schema: bulkResult })

export const readCompanies = (q: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/companies${queryString({ q, limit: 20 })}`, { schema: companyPage, signal })
export const readContacts = (q: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/contacts${queryString({ q, limit: 20 })}`, { schema: contactPage, signal })
export const postCompany = (name: string) =>
  apiFetch('/tenant/v1/companies', { method: 'POST', body: { name }, schema: companyView })
export const postContact = (body: { name: string; email?: string; companyId?: string }) =>
  apiFetch('/tenant/v1/contacts', { method: 'POST', body, schema: contactView })
