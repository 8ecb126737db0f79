// From a BullMQ job to a handler and back to the `jobs` row.
import type { Config } from '@throughline/config'
import { type JobEnvelope, jobEnvelope } from '@throughline/contracts'
import { type Ctx, type Database, type Log, tenantCtx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { type Job, UnrecoverableError } from 'bullmq'
import type { Redis } from 'ioredis'
import type { JobDefinition } from './definition.ts'
import type { JobHandler } from './handlers.ts'
import { claimJob, failJob, type JobKey, writeHeartbeat } from './jobs.repo.ts'
import { createRunningJob, FenceLostError } from './running-job.ts'

export interface ProcessOptions {
  config: Pick<Config, 'redis' | 'worker'>
  database: Database
  redis: Redis
  log: Log
  /** Tells people that a job has become a dead letter; in the same transaction. */
  alertDead?(ctx: Ctx, job: { jobId: string; name: string; message: string }): Promise<void>
}

export interface CatalogEntry {
  definition: JobDefinition<unknown>
  handler: JobHandler<unknown>
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 2_000)
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))

const ctxOf = ({ database, log }: ProcessOptions, envelope: JobEnvelope): Ctx =>
  tenantCtx(database, {
    tenantId: envelope.tenantId,
    // What a person asked for is done by the system, in their name.
    actor: {
      kind: 'system',
      id: envelope.actorId,
      role: null,
      impersonatorId: envelope.impersonatorId ?? undefined,
    },
    requestId: envelope.requestId,
    traceparent: envelope.traceparent,
    log,
  })

/** Heartbeats for as long as a job runs; aborts it when the fence is lost. */
function keepAlive(options: ProcessOptions, key: JobKey, attempt: number, lost: AbortController): () => void {
  const { database, config, log } = options
  const beat = setInterval(
    () => {
      writeHeartbeat(database.platform, key, attempt).then(
        // Nothing to write to: done, cancelled, or taken up by another worker.
        (rows) => rows === 0 && lost.abort(new FenceLostError()),
        (error: unknown) => log.warn({ jobId: key.jobId, reason: messageOf(error) }, 'a heartbeat was not written'),
      )
    },
    Math.ceil(config.worker.jobLockMs / 3),
  )
  return () => clearInterval(beat)
}

async function recordFailure(
  options: ProcessOptions,
  failure: { ctx: Ctx; key: JobKey; entry: CatalogEntry; attempt: number; error: Error; data: unknown; final: boolean },
): Promise<'DEAD' | 'QUEUED' | 'fence lost'> {
  const { ctx, key, entry, attempt, error, data, final } = failure
  return ctx.db.transaction(async () => {
    const failed = await failJob(ctx.db, key, { attempt, message: error.message.slice(0, 2_000), final })
    if (!failed) return 'fence lost'
    if (failed.state !== 'DEAD') return 'QUEUED'
    const { name } = entry.definition
    if (data !== undefined) await entry.handler.onDead?.(ctx, data, key.jobId, error)
    await options.alertDead?.(ctx, { jobId: key.jobId, name, message: error.message.slice(0, 500) })
    emit(ctx, 'job.finished', { jobId: key.jobId, name, state: 'DEAD' })
    return 'DEAD'
  })
}

/** An error that says of itself that trying again is no use, e.g. a model provider that refuses our key. */
const isFinal = (error: Error): boolean => 'retryable' in error && error.retryable === false

/** What a desk does with a dead letter may fail too; the job ends all the same, and says so. */
async function recordSafely(options: ProcessOptions, failure: Parameters<typeof recordFailure>[1]) {
  try {
    return await recordFailure(options, failure)
  } catch (error) {
    options.log.error({ err: error, jobId: failure.key.jobId }, 'what follows a dead letter has failed')
    return recordFailure(options, { ...failure, data: undefined })
  }
}

/**
 * Runs one job. Resolves when it is done, or when it is no longer this worker's to do.
 * @throws so that BullMQ tries again; UnrecoverableError when it is a dead letter
 */
export async function processJob(
  options: ProcessOptions,
  entry: CatalogEntry,
  job: Job,
  stop: AbortSignal,
): Promise<void> {
  const { database, config, log } = options
  const parsed = jobEnvelope.safeParse(job.data)
  if (!parsed.success) throw new UnrecoverableError(`not an envelope: ${parsed.error.message}`)
  const envelope = parsed.data
  const key: JobKey = { tenantId: envelope.tenantId, jobId: envelope.jobId }
  const ctx = ctxOf(options, envelope)
  const details = {
    jobId: key.jobId,
    name: entry.definition.name,
    tenantId: key.tenantId,
    requestId: envelope.requestId,
  }

  // A stalled job is Redis's word that its worker is gone, and a retry is ours.
  const takeOver = job.stalledCounter > 0 || job.attemptsMade > 0
  const claim = await claimJob(ctx.db, key, { lockMs: config.worker.jobLockMs, takeOver })
  if (!claim) {
    log.info(details, 'a job was delivered that is done, cancelled or held by another worker')
    return
  }
  const { attempt } = claim
  const payload = entry.definition.payload.safeParse(envelope.data)
  if (!payload.success) {
    const error = new Error(`the payload does not fit ${entry.definition.name}: ${payload.error.message}`)
    await recordFailure(options, { ctx, key, entry, attempt, error, data: undefined, final: true })
    throw new UnrecoverableError(error.message)
  }

  const lost = new AbortController()
  const signal = AbortSignal.any([stop, lost.signal])
  const stopBeating = keepAlive(options, key, attempt, lost)
  const startedAt = performance.now()
  try {
    await entry.handler.run(
      createRunningJob({
        ctx,
        database,
        redis: options.redis,
        prefix: config.redis.prefix,
        key,
        name: entry.definition.name,
        data: payload.data,
        attempt,
        signal,
      }),
    )
    log.info({ ...details, attempt, durationMs: Math.round(performance.now() - startedAt) }, 'job done')
  } catch (thrown) {
    const error = asError(thrown)
    const outcome =
      error instanceof FenceLostError
        ? 'fence lost'
        : await recordSafely(options, { ctx, key, entry, attempt, error, data: payload.data, final: isFinal(error) })
    log.warn({ ...details, attempt, outcome, err: error }, 'job failed')
    if (outcome === 'DEAD') throw new UnrecoverableError(error.message)
    if (outcome === 'QUEUED') throw error
  } finally {
    stopBeating()
  }
}
