import {
  adminJobPage,
  adminTenantView,
  adminUserView,
  pageOf,
  platformHealth,
  queueCounts,
} from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'

const tenantPage = pageOf(adminTenantView)
const userPage = pageOf(adminUserView)
/** Few enough to be looked at, often enough to be true. */
export const refreshMs = 5_000

export const readTenants = (cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/admin/v1/tenants${queryString({ cursor, limit: 50 })}`, { schema: tenantPage, signal })
export const readUsers = ({ q, cursor }: { q?: string; cursor: string | null }, signal: AbortSignal) =>
  apiFetch(`/admin/v1/users${queryString({ q, cursor, limit: 50 })}`, { schema: userPage, signal })
export const readJobs = (state: string, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/admin/v1/jobs${queryString({ state, cursor, limit: 50 })}`, { schema: adminJobPage, signal })
export const readDeadLetters = (cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/admin/v1/dead-letters${queryString({ cursor, limit: 50 })}`, { schema: adminJobPage, signal })
export const readQueues = (signal: AbortSignal) => apiFetch('/admin/v1/queues', { schema: queueCounts, signal })
export const readHealth = (signal: AbortSignal) => apiFetch('/admin/v1/health', { schema: platformHealth, signal })
export const postReplay = ({ tenantId, id }: { tenantId: string; id: string }) =>
  apiFetch(`/admin/v1/dead-letters/${tenantId}/${id}/replay`, { method: 'POST', body: {} })
