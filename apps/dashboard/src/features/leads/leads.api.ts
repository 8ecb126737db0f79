// What the page about leads asks the API.
import { leadSubmissionPage, leadSubmissionView, type SubmissionState } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const base = '/tenant/v1/leads'

export const readLeads = (state: SubmissionState, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`${base}${queryString({ state, cursor, limit: 25 })}`, { schema: leadSubmissionPage, signal })
export const postDecision = ({ id, act }: { id: string; act: 'accept' | 'discard' }) =>
  apiFetch(`${base}/${id}/${act}`, { method: 'POST', body: {}, schema: leadSubmissionView })
