// What the page about the audit log asks the API.
import { type AuditFilter, auditPage, auditVerification, id } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'
import * as z from 'zod'

export const readAudit = (filter: AuditFilter, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/tenant/v1/audit${queryString({ ...filter, cursor, limit: 50 })}`, { schema: auditPage, signal })
export const readVerification = (signal: AbortSignal) =>
  apiFetch('/tenant/v1/audit/verification', { schema: auditVerification, signal })
export const postExport = (body: AuditFilter) =>
  apiFetch('/tenant/v1/audit/exports', { method: 'POST', body, schema: z.object({ jobId: id }) })
