import { auditPage } from '@throughline/contracts'
import { apiFetch, queryString } from '@throughline/ui'
import type { AuditFilter } from './audit-filter.ts'
import { instantAt } from './audit-filter.ts'

/** Entries of all firms, newest first; opening those of one firm is written down. */
export const readAudit = (filter: AuditFilter, cursor: string | null, signal: AbortSignal) =>
  apiFetch(
    `/admin/v1/audit${queryString({
      tenantId: filter.tenant,
      action: filter.action,
      subject: filter.kind,
      subjectId: filter.object,
      actorId: filter.person,
      from: instantAt(filter.from),
      until: instantAt(filter.until, 1),
      cursor,
      limit: 50,
    })}`,
    { schema: auditPage, signal },
  )
