import { adminUserView, type Impersonate, impersonationStarted } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

const of = (userId: string) => `/admin/v1/users/${userId}`

export const postDisable = ({ userId, reason }: { userId: string; reason: string }) =>
  apiFetch(`${of(userId)}/disable`, { method: 'POST', body: { reason }, schema: adminUserView })
export const postEnable = (userId: string) =>
  apiFetch(`${of(userId)}/enable`, { method: 'POST', body: {}, schema: adminUserView })
export const postImpersonation = (body: Impersonate) =>
  apiFetch('/admin/v1/impersonations', { method: 'POST', body, schema: impersonationStarted })
