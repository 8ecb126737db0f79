// What the pages about companies ask the API.
import { type CreateCompany, companyDetail, companyPage, companyView, type UpdateCompany } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'
import type { RecordFilter } from '../records/use-record-filter.ts'

export interface CompanyFilter extends RecordFilter {
  industry: string
  country: string
}

export const readCompanies = (filter: CompanyFilter, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/companies${queryString({ ...filter, cursor, limit: 50 })}`, { schema: companyPage, signal })
export const readCompany = (id: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/companies/${id}`, { schema: companyDetail, signal })
export const postCompany = (body: CreateCompany) =>
  apiFetch('/tenant/v1/companies', { method: 'POST', body, schema: companyView })
export const patchCompany = (id: string, version: number, body: UpdateCompany) =>
  apiFetch(`/tenant/v1/companies/${id}`, { method: 'PATCH', body, ifMatch: version, schema: companyView })
