import {
  type AdminJobView,
  type AdminTenantView,
  type AdminUserView,
  AppError,
  type JobState,
  type ListAdminUsers,
  type Page,
  type PageQuery,
} from '@throughline/contracts'
import { decodeCursor, empty, type PlatformCtx, platformScope, type Sql, sql, tenantCtx, toPage } from '@throughline/db'
import { replayDeadLetter } from '@throughline/jobs'
import * as z from 'zod'
import { audit } from '../audit/index.ts'
import { readBackgroundState, readJobs, readTenants, readUsers, tenantExists } from './console.repo.ts'
import { toJobView, toTenantView, toUserView } from './console.views.ts'

const idCursor = z.tuple([z.uuid()])
const cursorId = (cursor: string | undefined) => (cursor ? decodeCursor(cursor, idCursor)[0] : undefined)

const idOf = ({ id }: { id: string }) => [id]

const afterId = (column: Sql, cursor: string | undefined, newestFirst = false): Sql => {
  const id = cursorId(cursor)
  if (id === undefined) return empty
  return newestFirst ? sql`and ${column} < ${id}::uuid` : sql`and ${column} > ${id}::uuid`
}

/** Every firm, oldest first, with how much is in it. */
export async function listTenants({ db }: PlatformCtx, { limit, cursor }: PageQuery): Promise<Page<AdminTenantView>> {
  const rows = await readTenants(db, afterId(sql`t.id`, cursor), limit + 1)
  return toPage(rows, limit, idOf, toTenantView)
}

/** Everybody who can sign in, or those whose name or address has `q` in it. */
export async function listUsers(
  { db }: PlatformCtx,
  { limit, cursor, q }: ListAdminUsers,
): Promise<Page<AdminUserView>> {
  const rows = await readUsers(db, q, afterId(sql`u.id`, cursor), limit + 1)
  return toPage(rows, limit, idOf, toUserView)
}

/** Jobs of all tenants, newest first; dead letters are those with state DEAD. */
export async function listAdminJobs(
  { db }: PlatformCtx,
  { limit, cursor, state, tenantId }: PageQuery & { state?: JobState; tenantId?: string },
): Promise<Page<AdminJobView>> {
  const rows = await readJobs(db, { state, tenantId }, afterId(sql`j.id`, cursor, true), limit + 1)
  return toPage(rows, limit, idOf, toJobView)
}

/**
 * Gives a dead letter of a tenant all its attempts back.
 * @throws AppError not_found
 */
export async function replayJob(
  platform: PlatformCtx,
  { tenantId, jobId }: { tenantId: string; jobId: string },
): Promise<void> {
  // Mails of the platform are jobs of its own scope.
  if (tenantId !== platformScope && !(await tenantExists(platform.db, tenantId))) throw new AppError('not_found')
  const { actor, requestId, address, traceparent, log, now } = platform
  const ctx = tenantCtx(platform.database, { tenantId, actor, requestId, address, traceparent, log, now })
  await ctx.db.transaction(async () => {
    await replayDeadLetter(ctx, jobId)
    audit(ctx, { action: 'job.replayed', subject: 'job', subjectId: jobId })
  })
}

/** How the work behind the scenes is doing. */
export const readPlatformHealth = ({ db }: PlatformCtx) => readBackgroundState(db)
