// The `jobs` table: what is true about a job, whatever Redis says.
import type { JobProgress, JobState } from '@throughline/contracts'
import { type Db, sql } from '@throughline/db'

export interface Claim {
  attempt: number
  failures: number
}

export interface JobKey {
  tenantId: string
  jobId: string
}

const keyOf = ({ tenantId, jobId }: JobKey) => sql`tenant_id = ${tenantId}::uuid and id = ${jobId}::uuid`

/**
 * Takes a job up and raises the fence. Nothing when it is done, cancelled or dead, or when another worker holds it:
 * one that was heard of within `lockMs`, unless Redis says that it was lost (`takeOver`).
 */
export const claimJob = (db: Db, key: JobKey, { lockMs, takeOver }: { lockMs: number; takeOver: boolean }) =>
  db.queryOne<Claim>(sql`
    update jobs set state = 'RUNNING', attempt = attempt + 1, started_at = coalesce(started_at, now()), heartbeat_at = now()
    where ${keyOf(key)} and (state = 'QUEUED' or (state = 'RUNNING'
      and (${takeOver} or heartbeat_at < now() - ${`${lockMs} milliseconds`}::interval)))
    returning attempt, failures`)

/** @returns whether the fence still stands */
export const finishJob = async (db: Db, key: JobKey, attempt: number, result: unknown): Promise<boolean> =>
  (await db.execute(sql`
    update jobs set state = 'SUCCEEDED', result = ${JSON.stringify(result ?? null)}::jsonb, error = null, finished_at = now()
    where ${keyOf(key)} and attempt = ${attempt} and state = 'RUNNING'`)) === 1

/** @returns whether the fence still stands */
export const holdsFence = async (db: Db, key: JobKey, attempt: number): Promise<boolean> =>
  (await db.queryOne(
    sql`select 1 as held from jobs where ${keyOf(key)} and attempt = ${attempt} and state = 'RUNNING'`,
  )) !== undefined

/** @returns the new state, or nothing when the fence is lost */
export const failJob = (db: Db, key: JobKey, failure: { attempt: number; message: string; final: boolean }) =>
  db.queryOne<{ state: JobState; failures: number }>(sql`
    update jobs set failures = failures + 1, error = ${JSON.stringify({ message: failure.message })}::jsonb, heartbeat_at = null,
      state = case when ${failure.final} or failures + 1 >= max_attempts then 'DEAD' else 'QUEUED' end::"JobState",
      finished_at = case when ${failure.final} or failures + 1 >= max_attempts then now() end,
      dispatched_at = now()
    where ${keyOf(key)} and attempt = ${failure.attempt} and state = 'RUNNING'
    returning state, failures`)

export const writeProgress = (db: Db, key: JobKey, attempt: number, progress: JobProgress): Promise<number> =>
  db.execute(sql`update jobs set progress = ${JSON.stringify(progress)}::jsonb, heartbeat_at = now()
    where ${keyOf(key)} and attempt = ${attempt} and state = 'RUNNING'`)

export const writeHeartbeat = (db: Db, key: JobKey, attempt: number): Promise<number> =>
  db.execute(
    sql`update jobs set heartbeat_at = now() where ${keyOf(key)} and attempt = ${attempt} and state = 'RUNNING'`,
  )

/**
 * Puts work that got lost back into the outbox: sent and never taken up, or taken up and silent for too long.
 * @returns how many
 */
export const requeueLost = (db: Db, { sentMs, silentMs }: { sentMs: number; silentMs: number }): Promise<number> =>
  db.execute(sql`
    with lost as (
      update jobs set state = 'QUEUED', dispatched_at = now()
      where (state = 'QUEUED' and dispatched_at < now() - ${`${sentMs} milliseconds`}::interval)
         or (state = 'RUNNING' and heartbeat_at < now() - ${`${silentMs} milliseconds`}::interval)
      returning tenant_id, id
    )
    insert into outbox (tenant_id, id, kind, ref) select tenant_id, uuidv7(), 'job', id::text from lost`)

/** Waiting or running: whoever runs it has lost its fence and changes nothing any more. */
export const cancelUnfinished = (db: Db, key: JobKey): Promise<number> =>
  db.execute(sql`update jobs set state = 'CANCELLED', finished_at = now()
    where ${keyOf(key)} and state in ('QUEUED', 'RUNNING')`)

/** @returns whether there was such a dead letter */
export const revive = async (db: Db, key: JobKey): Promise<boolean> =>
  (await db.execute(sql`update jobs set state = 'QUEUED', failures = 0, finished_at = null, dispatched_at = null
    where ${keyOf(key)} and state = 'DEAD'`)) === 1
