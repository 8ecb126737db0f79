import {
  activityAccepted,
  activityPage,
  activitySummary,
  activityView,
  type RequestBlogPost,
  settingsView,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

export const readActivities = (state: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/activities${queryString({ state, cursor, limit: 50 })}`, { schema: activityPage, signal })
export const readActivity = (id: string, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/activities/${id}`, { schema: activityView, signal })
export const postBlogPost = (body: RequestBlogPost) =>
  apiFetch('/tenant/v1/activities', { method: 'POST', body, schema: activityAccepted })
export const postRetry = (id: string) =>
  apiFetch(`/tenant/v1/activities/${id}/retry`, { method: 'POST', body: {}, schema: activityAccepted })
export const postCancel = (id: string) =>
  apiFetch(`/tenant/v1/activities/${id}/cancel`, { method: 'POST', body: {}, schema: activitySummary })
export const readSettings = (signal: AbortSignal) => apiFetch('/tenant/v1/settings', { schema: settingsView, signal })
