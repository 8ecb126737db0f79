// What people do with exports: ask for one, look at their own.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type DataExportView,
  type ExportDefinition,
  type ExportState,
  instant,
  type Page,
  type PageQuery,
  type Permission,
  type RecordKind,
} from '@throughline/contracts'
import { asIs, type Ctx, decodeCursor, toPage } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import * as z from 'zod'
import { ownDealsOnly } from '../visibility.ts'
import { exportRecordsJob } from './exports.jobs.ts'
import {
  changeExport,
  type ExportChanges,
  findExport,
  findExports,
  insertExport,
  lastAskedAt,
  lockExportsOf,
  noteExportJob,
} from './exports.repo.ts'

const readOf: Readonly<Record<RecordKind, Permission>> = {
  DEAL: 'deal:read',
  COMPANY: 'company:read',
  CONTACT: 'contact:read',
}

/** @throws AppError not_found, also for somebody else's */
export async function getExport(ctx: Ctx, exportId: string): Promise<DataExportView> {
  const found = await findExport(ctx.db, { exportId, memberId: ctx.actor.id, now: ctx.now() })
  if (!found) throw new AppError('not_found', { message: 'There is no such export.' })
  return found
}

/** One's own, newest first. */
export async function listExports(ctx: Ctx, { limit, cursor }: PageQuery): Promise<Page<DataExportView>> {
  const after = cursor ? decodeCursor(cursor, z.tuple([instant, z.uuid()])) : null
  const rows = await findExports(ctx.db, { memberId: ctx.actor.id, now: ctx.now(), limit, after })
  return toPage(rows, limit, ({ createdAt, id }) => [createdAt, id], asIs)
}

/** Puts an export into its next state and says so. @returns whether it was in one of `from` */
export async function advanceExport(
  ctx: Ctx,
  exportId: string,
  step: { from: readonly ExportState[]; to: ExportState; changes?: ExportChanges },
): Promise<boolean> {
  const done = await changeExport(ctx.db, exportId, step)
  if (done) emit(ctx, 'data_export.changed', { exportId, state: step.to })
  return done
}

export interface ExportLimits {
  /** One export a person in this time. */
  everySeconds: number
}

/** `6 minutes`, `40 seconds`: how long somebody has to wait. */
const inWords = (seconds: number): string =>
  seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : seconds === 1 ? '1 second' : `${seconds} seconds`

async function admit(ctx: Ctx, { everySeconds }: ExportLimits): Promise<void> {
  await lockExportsOf(ctx.db, ctx.actor.id)
  const last = await lastAskedAt(ctx.db, ctx.actor.id)
  const leftMs = last ? last.getTime() + everySeconds * 1000 - ctx.now().getTime() : 0
  if (leftMs <= 0) return
  const retryAfterSeconds = Math.ceil(leftMs / 1000)
  throw new AppError('rate_limited', {
    message: `You have asked for an export already. The next one is possible in ${inWords(retryAfterSeconds)}.`,
    retryAfterSeconds,
    details: { retryAfterSeconds },
  })
}

/**
 * Asks for what a view shows, as the caller may see it now. The file comes by notification and mail.
 * @throws AppError forbidden without the right to read these records; rate_limited with the time left
 */
export function requestExport(
  ctx: Ctx,
  definition: ExportDefinition,
  limits: ExportLimits,
): Promise<{ export: DataExportView; jobId: string }> {
  const { kind } = definition
  if (!ctx.permissions.has(readOf[kind])) throw new AppError('forbidden')
  return ctx.db.transaction(async () => {
    await admit(ctx, limits)
    const scopeId = kind === 'DEAL' ? await ownDealsOnly(ctx) : null
    const exportId = await insertExport(ctx.db, { definition, scopeId, memberId: ctx.actor.id, now: ctx.now() })
    const jobId = await enqueue(ctx, exportRecordsJob, { exportId })
    await noteExportJob(ctx.db, exportId, jobId)
    // Who took what out of the house.
    audit(ctx, { action: 'data_export.requested', subject: 'data_export', subjectId: exportId, after: definition })
    emit(ctx, 'data_export.changed', { exportId, state: 'QUEUED' })
    return { export: await getExport(ctx, exportId), jobId }
  })
}

/** Ends an export that cannot go on. Inside a transaction. */
export async function failExport(ctx: Ctx, exportId: string): Promise<void> {
  const error = { message: 'The file could not be written. Ask for it again.' }
  const changes = { error, finishedAt: ctx.now() }
  await advanceExport(ctx, exportId, { from: ['QUEUED', 'RUNNING'], to: 'FAILED', changes })
}
