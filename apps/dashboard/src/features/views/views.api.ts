import { type CreateView, savedView, savedViewList, type UpdateView } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

const path = '/tenant/v1/views'

export const readViews = (signal: AbortSignal) => apiFetch(path, { schema: savedViewList, signal })
export const postView = (body: CreateView) => apiFetch(path, { method: 'POST', body, schema: savedView })
export const patchView = (id: string, version: number, body: UpdateView) =>
  apiFetch(`${path}/${id}`, { method: 'PATCH', body, ifMatch: version, schema: savedView })
export const deleteView = (id: string) => apiFetch(`${path}/${id}`, { method: 'DELETE' })
export const postDuplicate = (id: string) =>
  apiFetch(`${path}/${id}/duplicate`, { method: 'POST', body: {}, schema: savedView })
export const putViewOrder = (ids: readonly string[]) =>
  apiFetch(`${path}/order`, { method: 'PUT', body: { ids }, schema: savedViewList })
