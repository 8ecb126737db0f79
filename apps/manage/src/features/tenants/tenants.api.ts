import { adminTenantView } from '@throughline/contracts'
import { apiFetch } from '@throughline/ui'

const of = (tenantId: string) => `/admin/v1/tenants/${tenantId}`

/** One firm; the API writes down who looked. */
export const readTenant = (tenantId: string, signal: AbortSignal) =>
  apiFetch(of(tenantId), { schema: adminTenantView, signal })
export const postSuspend = ({ tenantId, reason }: { tenantId: string; reason: string }) =>
  apiFetch(`${of(tenantId)}/suspend`, { method: 'POST', body: { reason }, schema: adminTenantView })
export const postReactivate = (tenantId: string) =>
  apiFetch(`${of(tenantId)}/reactivate`, { method: 'POST', body: {}, schema: adminTenantView })
