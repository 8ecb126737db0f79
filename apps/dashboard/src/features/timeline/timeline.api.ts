import {
  type CreateDealEntry,
  type CreateEntry,
  timelineEntry,
  timelinePage,
  type UpdateEntry,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

/** What a timeline is of. */
export interface TimelineSubject {
  kind: 'deal' | 'company' | 'contact'
  id: string
}

const folders = { deal: 'deals', company: 'companies', contact: 'contacts' } as const
const pathOf = ({ kind, id }: TimelineSubject) => `/tenant/v1/${folders[kind]}/${id}/timeline`
const pageSize = 20

export const readTimeline = (subject: TimelineSubject, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${pathOf(subject)}${queryString({ cursor, limit: pageSize })}`, { schema: timelinePage, signal })
export const postEntry = (subject: TimelineSubject, body: CreateEntry | CreateDealEntry) =>
  apiFetch(pathOf(subject), { method: 'POST', body, schema: timelineEntry })
export const patchEntry = (id: string, version: number, body: UpdateEntry) =>
  apiFetch(`/tenant/v1/timeline/${id}`, { method: 'PATCH', body, ifMatch: version, schema: timelineEntry })
export const deleteEntry = (id: string) => apiFetch(`/tenant/v1/timeline/${id}`, { method: 'DELETE' })
export const postRestore = (id: string) =>
  apiFetch(`/tenant/v1/timeline/${id}/restore`, { method: 'POST', body: {}, schema: timelineEntry })
