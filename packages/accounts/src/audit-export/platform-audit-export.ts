// The console's export: asked for, waited for and fetched in the platform's own scope, where no firm can look.
import { AppError, type PlatformAuditExport, type PlatformAuditExportState } from '@throughline/contracts'
import { type Ctx, type PlatformCtx, platformScope, tenantCtx } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import * as z from 'zod'
import { auditPlatform } from '../audit/index.ts'
import { getFile, type StoredFile } from '../files/index.ts'
import { getJob } from '../jobs/index.ts'
import { exportAuditJob } from './audit-export.jobs.ts'

/** @returns the job that makes the file */
export const requestPlatformAuditExport = (
  platform: PlatformCtx,
  { tenantId, ...filter }: PlatformAuditExport,
): Promise<string> =>
  platform.db.transaction(async () => {
    const of = tenantId === 'platform' ? platformScope : (tenantId ?? 'all')
    auditPlatform(platform, { action: 'audit.exported', subject: 'audit', subjectId: null, after: { of, ...filter } })
    const { db, actor, requestId, traceparent } = platform
    return enqueue({ db, actor, requestId, traceparent, tenantId: platformScope }, exportAuditJob, { filter, of })
  })

/** The platform's own jobs and files, for a superadmin whom the route has let in. */
const scopeOf = ({ database, actor, requestId, log }: PlatformCtx): Ctx =>
  tenantCtx(database, { tenantId: platformScope, actor: { kind: 'system', id: actor.id, role: null }, requestId, log })

const exported = z.object({ fileId: z.uuid(), sizeBytes: z.number() })

async function findExport(platform: PlatformCtx, jobId: string) {
  const { name, state, result } = await getJob(scopeOf(platform), jobId)
  if (name !== exportAuditJob.name) throw new AppError('not_found', { message: 'There is no such export.' })
  return { state, file: exported.safeParse(result).data }
}

/** How it is doing. @throws AppError not_found */
export async function getPlatformAuditExport(platform: PlatformCtx, jobId: string): Promise<PlatformAuditExportState> {
  const { state, file } = await findExport(platform, jobId)
  return { state, sizeBytes: file?.sizeBytes ?? null }
}

/** The file, once it is there. @throws AppError not_found */
export async function getPlatformAuditFile(platform: PlatformCtx, jobId: string): Promise<StoredFile> {
  const { file } = await findExport(platform, jobId)
  if (!file) throw new AppError('not_found', { message: 'This export is not there yet.' })
  return getFile(scopeOf(platform), file.fileId)
}
