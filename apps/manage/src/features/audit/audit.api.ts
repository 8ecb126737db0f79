import { auditExportAccepted, auditPage, platformAuditExportState } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'
import type { AuditFilter } from './audit-filter.ts'
import { instantAt } from './audit-filter.ts'

const filterOf = (filter: AuditFilter) => ({
  tenantId: filter.tenant || undefined,
  action: filter.action || undefined,
  subject: filter.kind || undefined,
  subjectId: filter.object || undefined,
  actorId: filter.person || undefined,
  from: instantAt(filter.from),
  until: instantAt(filter.until, 1),
})

/** Entries of all firms, newest first; opening those of one firm is written down. */
export const readAudit = (filter: AuditFilter, cursor: string | null, signal: AbortSignal) =>
  apiFetch(`/admin/v1/audit${queryString({ ...filterOf(filter), cursor, limit: 50 })}`, { schema: auditPage, signal })

const everyMs = 500
const patienceMs = 10 * 60_000

/** Asks for the log as a file and waits until it is there. @returns where it is @throws when it could not be written */
export async function exportAudit(filter: AuditFilter): Promise<string> {
  const path = '/admin/v1/audit/exports'
  const { jobId } = await apiFetch(path, { method: 'POST', body: filterOf(filter), schema: auditExportAccepted })
  const until = Date.now() + patienceMs
  while (Date.now() < until) {
    const { state } = await apiFetch(`${path}/${jobId}`, { schema: platformAuditExportState })
    if (state === 'SUCCEEDED') return `/api${path}/${jobId}/file`
    if (state === 'DEAD' || state === 'CANCELLED') break
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  throw new Error('The export could not be written. See Dead letters.')
}
