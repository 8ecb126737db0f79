// What a handler gets: its tenant's context, and the only two ways to change something.
import type { JobProgress } from '@throughline/contracts'
import type { Ctx, Database } from '@throughline/db'
import { emit, publishLive } from '@throughline/realtime'
import type { Redis } from 'ioredis'
import { finishJob, holdsFence, type JobKey, writeProgress } from './jobs.repo.ts'

/** Another worker has taken the job up since; what this one did is rolled back and nobody misses it. */
export class FenceLostError extends Error {
  override name = 'FenceLostError'

  constructor() {
    super('the job was taken up by another worker or cancelled')
  }
}

declare const committed: unique symbol
/** Says that the effect is in the database; only `commit` can say so. */
export interface Committed {
  readonly [committed]: true
}

export interface RunningJob<P> {
  readonly ctx: Ctx
  readonly data: P
  readonly jobId: string
  /** Rises with every start: the fence. */
  readonly attempt: number
  /** Aborted when the worker stops or has lost the job. */
  readonly signal: AbortSignal
  /** Shown live and kept for a reload; at most five times a second reach the database. */
  progress(progress: JobProgress): Promise<void>
  /** One transaction that counts only while this attempt is the newest. @throws FenceLostError */
  step<T>(work: () => Promise<T>): Promise<T>
  /** The effect, and the word that the job is done, in one transaction. @throws FenceLostError */
  commit(work: () => Promise<unknown>): Promise<Committed>
}

export interface RunningJobInput<P> {
  ctx: Ctx
  database: Database
  redis: Redis
  prefix: string
  key: JobKey
  name: string
  data: P
  attempt: number
  signal: AbortSignal
}

const progressEveryMs = 200
const done = {} as Committed

/** Binds a claimed job to its fence. */
export function createRunningJob<P>(input: RunningJobInput<P>): RunningJob<P> {
  const { ctx, database, redis, prefix, key, name, data, attempt, signal } = input
  let lastProgressAt = 0

  return {
    ctx,
    data,
    jobId: key.jobId,
    attempt,
    signal,
    async progress(progress) {
      const now = Date.now()
      const isLast = progress.total !== null && progress.done >= progress.total
      if (now - lastProgressAt < progressEveryMs && !isLast) return
      lastProgressAt = now
      // Through the platform's pool: the tenant's connection may be inside the transaction of the effect.
      await writeProgress(database.platform, key, attempt, progress)
      await publishLive(redis, prefix, {
        tenantId: key.tenantId,
        type: 'job.progress',
        data: { jobId: key.jobId, name, progress },
      })
    },
    step: (work) =>
      ctx.db.transaction(async () => {
        const result = await work()
        if (!(await holdsFence(ctx.db, key, attempt))) throw new FenceLostError()
        return result
      }),
    commit: (work) =>
      ctx.db.transaction(async () => {
        const result = await work()
        // Last, so that the row is locked for the shortest time: the heartbeat goes on until here.
        if (!(await finishJob(ctx.db, key, attempt, result))) throw new FenceLostError()
        emit(ctx, 'job.finished', { jobId: key.jobId, name, state: 'SUCCEEDED' })
        return done
      }),
  }
}
