// What the pages about companies and about contacts ask the API in the same way.
import { type DuplicateConflict, duplicateConflict, recordState } from '@throughline/contracts'
import { ApiError, apiFetch, isRefusal } from '@throughline/ui'

/** As in the address of the API and of the page. */
export type Records = 'companies' | 'contacts'
/** One of them, and what a page calls one and all. */
export const kindOf = {
  companies: { kind: 'company', title: 'Company', plural: 'Companies' },
  contacts: { kind: 'contact', title: 'Contact', plural: 'Contacts' },
} as const satisfies Record<Records, object>

export const removeRecord = (what: Records, id: string, version: number) =>
  apiFetch(`/tenant/v1/${what}/${id}`, { method: 'DELETE', ifMatch: version })
export const postRestore = (what: Records, id: string) =>
  apiFetch(`/tenant/v1/${what}/${id}/restore`, { method: 'POST', body: {}, schema: recordState })
export const postPurge = (what: Records, id: string) =>
  apiFetch(`/tenant/v1/${what}/${id}/purge`, { method: 'POST', body: {} })

/** The records that are in the way of a new one, when that is why it was refused. */
export function likelyOnes(error: unknown): DuplicateConflict | undefined {
  if (!isRefusal(error, 'conflict') || !(error instanceof ApiError)) return undefined
  return duplicateConflict.safeParse(error.details).data
}
