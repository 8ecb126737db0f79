// What a tenant may know of its own jobs.
import {
  AppError,
  type JobProgress,
  type JobState,
  type JobView,
  type Page,
  type PageQuery,
} from '@throughline/contracts'
import { type Ctx, decodeCursor, empty, sql, toPage } from '@throughline/db'
import * as z from 'zod'

interface Row extends Omit<JobView, 'createdAt' | 'startedAt' | 'finishedAt'> {
  createdAt: Date
  startedAt: Date | null
  finishedAt: Date | null
}

const columns = sql`id, name, state::text as state, attempt, failures, max_attempts as "maxAttempts", progress, result, error,
  created_at as "createdAt", started_at as "startedAt", finished_at as "finishedAt"`

const toView = (row: Row): JobView => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  startedAt: row.startedAt?.toISOString() ?? null,
  finishedAt: row.finishedAt?.toISOString() ?? null,
})

/** @throws AppError not_found, also for another tenant's job */
export async function getJob(ctx: Ctx, jobId: string): Promise<JobView> {
  const row = await ctx.db.queryOne<Row>(
    sql`select ${columns} from jobs where tenant_id = ${ctx.tenantId}::uuid and id = ${jobId}::uuid`,
  )
  if (!row) throw new AppError('not_found', { message: 'There is no such job.' })
  return toView(row)
}

/** Newest first. */
export async function listJobs(ctx: Ctx, { limit, cursor }: PageQuery): Promise<Page<JobView>> {
  const after = cursor ? sql`and id < ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  const rows = await ctx.db.query<Row>(
    sql`select ${columns} from jobs where tenant_id = ${ctx.tenantId}::uuid ${after} order by id desc limit ${limit + 1}`,
  )
  return toPage(rows, limit, ({ id }) => [id], toView)
}

/** What waits or runs at this moment, newest first, at most 100. */
export const listRunningJobs = (ctx: Ctx) =>
  ctx.db.query<{ id: string; name: string; state: JobState; progress: JobProgress | null }>(sql`
    select id, name, state::text as state, progress from jobs
    where tenant_id = ${ctx.tenantId}::uuid and state in ('QUEUED', 'RUNNING') order by id desc limit 100`)
