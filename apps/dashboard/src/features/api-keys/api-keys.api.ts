// What the page about API keys asks the API.
import { apiKeyCreated, apiKeyList, apiKeyView, type CreateApiKey } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

export const readApiKeys = (signal: AbortSignal) => apiFetch('/tenant/v1/api-keys', { schema: apiKeyList, signal })
export const postApiKey = (body: CreateApiKey) =>
  apiFetch('/tenant/v1/api-keys', { method: 'POST', body, schema: apiKeyCreated })
export const postRotation = ({ id, overlapHours }: { id: string; overlapHours: number }) =>
  apiFetch(`/tenant/v1/api-keys/${id}/rotate`, { method: 'POST', body: { overlapHours }, schema: apiKeyCreated })
export const postRevocation = (id: string) =>
  apiFetch(`/tenant/v1/api-keys/${id}/revoke`, { method: 'POST', body: {}, schema: apiKeyView })
