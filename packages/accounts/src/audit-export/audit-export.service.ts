// The audit log as a file: streamed by COPY into storage, told by a notification.
import type { AuditFilter } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { type Committed, enqueue, type RunningJob } from '@throughline/jobs'
import { type Storage, storageKey } from '@throughline/storage'
import { audit } from '../audit/index.ts'
import { auditExportsOf, insertFile } from '../files/index.ts'
import { notify } from '../notifications/index.ts'
import { exportAuditJob } from './audit-export.jobs.ts'

const maxExportBytes = 1024 * 1024 * 1024

/** Asks for the file. @returns the job that makes it */
export const requestAuditExport = (ctx: Ctx, filter: AuditFilter): Promise<string> =>
  ctx.db.transaction(async () => {
    audit(ctx, { action: 'audit.exported', subject: 'tenant', subjectId: ctx.tenantId, after: filter })
    return enqueue(ctx, exportAuditJob, { filter })
  })

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** COPY takes no parameters: every value has passed its schema, and is quoted here. */
function copyStatement(tenantId: string, filter: AuditFilter): string {
  const { action, subject, subjectId, actorId, from, until } = filter
  const conditions = [
    `e.tenant_id = ${quoted(tenantId)}::uuid`,
    action && `e.action = ${quoted(action)}`,
    subject && `e.subject = ${quoted(subject)}`,
    subjectId && `e.subject_id = ${quoted(subjectId)}::uuid`,
    actorId && `e.actor_id = ${quoted(actorId)}::uuid`,
    from && `e.created_at >= ${quoted(from)}::timestamptz`,
    until && `e.created_at < ${quoted(until)}::timestamptz`,
  ].filter((condition) => condition)
  // A cell that begins like a formula is neutralised: somebody will open this in a spreadsheet.
  const safe = (column: string) => `regexp_replace(${column}, '^([=+@\\t\\r-])', '''\\1')`
  return `copy (select e.seq, to_char(e.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, e.actor_kind,
    e.actor_id, ${safe('m.name')} as actor, e.impersonator_id, ${safe('e.action')} as action, ${safe('e.subject')} as subject,
    e.subject_id, e.before, e.after, ${safe('e.request_id')} as request_id, e.address, e.prev_hash, e.hash
    from audit_entries e left join members m on m.tenant_id = e.tenant_id and m.id = e.actor_id
    where ${conditions.join(' and ')} order by e.seq) to stdout with (format csv, header)`
}

/** Job: whole or not at all; a crash leaves no file that anybody could find. */
export async function exportAudit(
  job: RunningJob<{ filter: AuditFilter }>,
  { storage }: { storage: Storage },
): Promise<Committed> {
  const { ctx, data, signal } = job
  return job.commit(async () => {
    const key = storageKey(auditExportsOf(ctx.tenantId), ctx.now())
    const rows = ctx.db.copyOut(copyStatement(ctx.tenantId, data.filter))
    const stored = await storage.put(key, rows, { contentType: 'text/csv', maxBytes: maxExportBytes, signal })
    const fileId = await insertFile(ctx.db, {
      storageKey: key,
      ...stored,
      name: `audit-${ctx.now().toISOString().slice(0, 10)}.csv`,
      contentType: 'text/csv; charset=utf-8',
      createdById: ctx.actor.id,
    })
    await notify(ctx, {
      memberId: ctx.actor.id,
      kind: 'audit.exported',
      title: 'Your export of the audit log is ready',
      body: `${Math.ceil(stored.sizeBytes / 1024)} KB`,
      link: `/api/media/v1/files/${fileId}`,
    })
    return { fileId, sizeBytes: stored.sizeBytes }
  })
}
