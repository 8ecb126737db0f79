// What the page about duplicates asks the API.
import {
  duplicatePage,
  type MergeKind,
  type MergeRecords,
  mergePreview,
  mergeView,
  type PreviewMerge,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

export const readDuplicates = (kind: MergeKind, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/duplicates${queryString({ kind, cursor, limit: 25 })}`, { schema: duplicatePage, signal })
export const readPreview = (pair: PreviewMerge, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/merges/preview${queryString({ ...pair })}`, { schema: mergePreview, signal })
export const postMerge = (body: MergeRecords) =>
  apiFetch('/tenant/v1/merges', { method: 'POST', body, schema: mergeView })
export const postUndoMerge = (id: string) =>
  apiFetch(`/tenant/v1/merges/${id}/undo`, { method: 'POST', body: {}, schema: mergeView })
