// What the page about webhooks asks the API.
import {
  type CreateWebhook,
  type DeliveryState,
  type ReplayWebhook,
  type UpdateWebhook,
  webhookList,
  webhookMessageDetail,
  webhookMessagePage,
  webhookReplayed,
  webhookTested,
  webhookView,
  webhookWithSecret,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const base = '/tenant/v1/webhooks'

export const readWebhooks = (signal: AbortSignal) => apiFetch(base, { schema: webhookList, signal })
export const postWebhook = (body: CreateWebhook) => apiFetch(base, { method: 'POST', body, schema: webhookWithSecret })
export const patchWebhook = ({ id, ...body }: UpdateWebhook & { id: string }) =>
  apiFetch(`${base}/${id}`, { method: 'PATCH', body, schema: webhookView })
export const deleteWebhook = (id: string) => apiFetch(`${base}/${id}`, { method: 'DELETE' })
export const postWebhookAct = (id: string, act: 'pause' | 'resume') =>
  apiFetch(`${base}/${id}/${act}`, { method: 'POST', body: {}, schema: webhookView })
export const postTest = (id: string) =>
  apiFetch(`${base}/${id}/test`, { method: 'POST', body: {}, schema: webhookTested })
export const postSecretRotation = ({ id, overlapHours }: { id: string; overlapHours: number }) =>
  apiFetch(`${base}/${id}/rotate-secret`, { method: 'POST', body: { overlapHours }, schema: webhookWithSecret })

interface PageAsked {
  id: string
  state: DeliveryState | undefined
  cursor: string | null
}
export const readMessages = ({ id, state, cursor }: PageAsked, signal: AbortSignal) =>
  apiFetch(`${base}/${id}/messages${queryString({ state, cursor, limit: 25 })}`, { schema: webhookMessagePage, signal })
export const readMessage = (id: string, messageId: string, signal: AbortSignal) =>
  apiFetch(`${base}/${id}/messages/${messageId}`, { schema: webhookMessageDetail, signal })
export const postMessageReplay = (id: string, messageId: string) =>
  apiFetch(`${base}/${id}/messages/${messageId}/replay`, { method: 'POST', body: {}, schema: webhookMessageDetail })
export const postReplay = ({ id, ...body }: ReplayWebhook & { id: string }) =>
  apiFetch(`${base}/${id}/replay`, { method: 'POST', body, schema: webhookReplayed })
