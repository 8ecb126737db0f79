// The audit log as a file: streamed by COPY into storage, told by a notification.
import type { AuditFilter } from '@throughline/contracts'
import { type Ctx, type PlatformDb, platformScope } from '@throughline/db'
import { type Committed, enqueue, type RunningJob } from '@throughline/jobs'
import { type Storage, storageKey } from '@throughline/storage'
import { audit } from '../audit/index.ts'
import { auditExportsOf, insertFile } from '../files/index.ts'
import { notify } from '../notifications/index.ts'
import { type AuditExport, exportAuditJob } from './audit-export.jobs.ts'
import { copyStatement } from './audit-export.repo.ts'

const maxExportBytes = 1024 * 1024 * 1024

/** Asks for the file. @returns the job that makes it */
export const requestAuditExport = (ctx: Ctx, filter: AuditFilter): Promise<string> =>
  ctx.db.transaction(async () => {
    audit(ctx, { action: 'audit.exported', subject: 'tenant', subjectId: ctx.tenantId, after: filter })
    return enqueue(ctx, exportAuditJob, { filter, of: ctx.tenantId })
  })

export interface AuditExportTools {
  storage: Storage
  platform: PlatformDb
}

/** Streams the rows into storage: a firm's by its own client, the platform's by the platform's. */
function storeRows(
  { ctx, data, signal }: RunningJob<AuditExport>,
  { storage, platform }: AuditExportTools,
  key: string,
) {
  const options = { contentType: 'text/csv', maxBytes: maxExportBytes, signal }
  const { filter, of } = data
  if (ctx.tenantId !== platformScope)
    return storage.put(key, ctx.db.copyOut(copyStatement(ctx.tenantId, filter)), options)
  const statement = copyStatement(of === 'all' ? undefined : of, filter)
  return platform.transaction(() => storage.put(key, platform.copyOut(statement), options))
}

/** Job: whole or not at all; a crash leaves no file that anybody could find. */
export async function exportAudit(job: RunningJob<AuditExport>, tools: AuditExportTools): Promise<Committed> {
  const { ctx } = job
  return job.commit(async () => {
    const key = storageKey(auditExportsOf(ctx.tenantId), ctx.now())
    const stored = await storeRows(job, tools, key)
    const fileId = await insertFile(ctx.db, {
      storageKey: key,
      ...stored,
      name: `audit-${ctx.now().toISOString().slice(0, 10)}.csv`,
      contentType: 'text/csv; charset=utf-8',
      createdById: ctx.actor.id,
    })
    // The console asks how the job is doing; the platform has no members who could be told.
    if (ctx.tenantId === platformScope) return { fileId, sizeBytes: stored.sizeBytes }
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
