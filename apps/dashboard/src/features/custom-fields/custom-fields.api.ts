import {
  type CreateCustomField,
  customFieldList,
  customFieldView,
  type UpdateCustomField,
} from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

const path = '/tenant/v1/custom-fields'

export const readCustomFields = (signal: AbortSignal) => apiFetch(path, { schema: customFieldList, signal })
export const postCustomField = (body: CreateCustomField) =>
  apiFetch(path, { method: 'POST', body, schema: customFieldView })
export const patchCustomField = (id: string, version: number, body: UpdateCustomField) =>
  apiFetch(`${path}/${id}`, { method: 'PATCH', body, ifMatch: version, schema: customFieldView })
export const postCustomFieldAct = (id: string, act: 'archive' | 'restore') =>
  apiFetch(`${path}/${id}/${act}`, { method: 'POST', body: {}, schema: customFieldView })
export const putCustomFieldOrder = (ids: readonly string[]) =>
  apiFetch(`${path}/order`, { method: 'PUT', body: { ids }, schema: customFieldList })
