// What the screens of the deal desk ask the API.
import {
  type CreateDeal,
  companyPage,
  dealBoard,
  dealPage,
  dealStatistics,
  dealView,
  type MoveDeal,
  memberList,
  type UpdateDeal,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

export interface DealFilter {
  q: string
  stage: string
  ownerId: string
  sort: string
}

export const readDeals = (filter: DealFilter, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/deals${queryString({ ...filter, cursor, limit: 50 })}`, { schema: dealPage, signal })
export const readColumn = (stage: string, cursor: string) =>
  apiFetch(`/tenant/v1/deals${queryString({ stage, cursor, limit: 20 })}`, { schema: dealPage })
export const readBoard = (signal: AbortSignal) =>
  apiFetch('/tenant/v1/deals/board?limit=20', { schema: dealBoard, signal })
export const readStatistics = (signal: AbortSignal) =>
  apiFetch('/tenant/v1/deals/statistics', { schema: dealStatistics, signal })
export const readDeal = (id: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/deals/${id}`, { schema: dealView, signal })
export const readMembers = (signal: AbortSignal) => apiFetch('/tenant/v1/members', { schema: memberList, signal })
export const readCompanies = (q: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/companies${queryString({ q, limit: 50 })}`, { schema: companyPage, signal })

export const postDeal = (body: Partial<CreateDeal>) =>
  apiFetch('/tenant/v1/deals', { method: 'POST', body, schema: dealView })
export const patchDeal = (id: string, version: number, body: UpdateDeal) =>
  apiFetch(`/tenant/v1/deals/${id}`, { method: 'PATCH', body, ifMatch: version, schema: dealView })
export const postMove = (id: string, body: MoveDeal) =>
  apiFetch(`/tenant/v1/deals/${id}/move`, { method: 'POST', body, schema: dealView })
