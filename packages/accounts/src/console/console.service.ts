import {
  type AdminJobView,
  type AdminTenantView,
  type AdminUserView,
  AppError,
  type JobState,
  type Page,
  type PageQuery,
} from '@throughline/contracts'
import { decodeCursor, empty, encodeCursor, type PlatformCtx, type Sql, sql, tenantCtx } from '@throughline/db'
import { replayDeadLetter } from '@throughline/jobs'
import * as z from 'zod'
import { audit } from '../audit/index.ts'
import { readBackgroundState, readJobs, readTenants, readUsers, tenantExists } from './console.repo.ts'

const idCursor = z.tuple([z.uuid()])
const cursorId = (cursor: string | undefined) => (cursor ? decodeCursor(cursor, idCursor)[0] : undefined)
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** A page of rows that are sorted by id: one row more than asked for says whether there is another page. */
function pageOf<Row extends { id: string }, View>(rows: Row[], limit: number, toView: (row: Row) => View): Page<View> {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    data: shown.map(toView),
    page: { limit, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null },
  }
}

const afterId = (column: Sql, cursor: string | undefined, newestFirst = false): Sql => {
  const id = cursorId(cursor)
  if (id === undefined) return empty
  return newestFirst ? sql`and ${column} < ${id}::uuid` : sql`and ${column} > ${id}::uuid`
}

/** Every firm, oldest first, with how much is in it. */
export async function listTenants({ db }: PlatformCtx, { limit, cursor }: PageQuery): Promise<Page<AdminTenantView>> {
  const rows = await readTenants(db, afterId(sql`t.id`, cursor), limit + 1)
  return pageOf(rows, limit, (row) => ({ ...row, createdAt: row.createdAt.toISOString() }))
}

/** Everybody who can sign in. */
export async function listUsers({ db }: PlatformCtx, { limit, cursor }: PageQuery): Promise<Page<AdminUserView>> {
  const rows = await readUsers(db, afterId(sql`u.id`, cursor), limit + 1)
  return pageOf(rows, limit, (row) => ({
    ...row,
    createdAt: row.createdAt?.toISOString() ?? '',
    lastUsedAt: iso(row.lastUsedAt),
    disabledAt: iso(row.disabledAt),
  }))
}

/** Jobs of all tenants, newest first; dead letters are those with state DEAD. */
export async function listAdminJobs(
  { db }: PlatformCtx,
  { limit, cursor, state, tenantId }: PageQuery & { state?: JobState; tenantId?: string },
): Promise<Page<AdminJobView>> {
  const rows = await readJobs(db, { state, tenantId }, afterId(sql`j.id`, cursor, true), limit + 1)
  return pageOf(rows, limit, (row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    startedAt: iso(row.startedAt),
    finishedAt: iso(row.finishedAt),
  }))
}

/**
 * Gives a dead letter of a tenant all its attempts back.
 * @throws AppError not_found
 */
export async function replayJob(
  platform: PlatformCtx,
  { tenantId, jobId }: { tenantId: string; jobId: string },
): Promise<void> {
  if (!(await tenantExists(platform.db, tenantId))) throw new AppError('not_found')
  const { actor, requestId, traceparent, log, now } = platform
  const ctx = tenantCtx(platform.database, { tenantId, actor, requestId, traceparent, log, now })
  await ctx.db.transaction(async () => {
    await replayDeadLetter(ctx, jobId)
    audit(ctx, { action: 'job.replayed', subject: 'job', subjectId: jobId })
  })
}

/** How the work behind the scenes is doing. */
export const readPlatformHealth = ({ db }: PlatformCtx) => readBackgroundState(db)
