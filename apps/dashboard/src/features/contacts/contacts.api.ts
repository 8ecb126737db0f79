// What the pages about contacts ask the API.
import {
  type CreateContact,
  companyPage,
  contactDetail,
  contactPage,
  contactView,
  type UpdateContact,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'
import type { RecordFilter } from '../records/use-record-filter.ts'

export interface ContactFilter extends RecordFilter {
  companyId: string
}

export const readContacts = (filter: ContactFilter, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/contacts${queryString({ ...filter, cursor, limit: 50 })}`, { schema: contactPage, signal })
export const readContact = (id: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/contacts/${id}`, { schema: contactDetail, signal })
export const postContact = (body: CreateContact) =>
  apiFetch('/tenant/v1/contacts', { method: 'POST', body, schema: contactView })
export const patchContact = (id: string, version: number, body: UpdateContact) =>
  apiFetch(`/tenant/v1/contacts/${id}`, { method: 'PATCH', body, ifMatch: version, schema: contactView })
/** Companies to choose from, by a part of their name or domain. */
export const findCompanies = (q: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/companies${queryString({ q, limit: 20 })}`, { schema: companyPage, signal })
