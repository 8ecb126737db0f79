// Moves what was committed on: jobs to BullMQ, events to Redis. At least once; a row leaves the outbox in the
// transaction that handed it on.
import type { Config } from '@throughline/config'
import { type JobEnvelope, jobEnvelope, type PublishedMessage } from '@throughline/contracts'
import { type Database, type Log, type PlatformDb, rowLimit, sql } from '@throughline/db'
import { eventChannel, toEventView } from '@throughline/realtime'
import type { Redis } from 'ioredis'
import { hearOutboxSignals } from './outbox-signal.ts'
import { createPace } from './pace.ts'
import type { Queues } from './queues.ts'

export interface RelayOptions {
  config: Pick<Config, 'redis' | 'worker'>
  database: Database
  redis: Redis
  queues: Queues
  log: Log
}

export interface Relay {
  /** Hands on what waits now. @returns how many rows */
  drain(): Promise<number>
  close(): Promise<void>
}

const batchSize = 200
/** How long a row waits at most when nobody told of it. */
const pollMs = 1_000
/** After it was woken: the shortest time until it is woken again, and the longest under load. */
const togetherMs = [5, 80] as const

interface EventRow {
  kind: 'event'
  tenant_id: string
  /** Null when the event is no longer kept. */
  seq: string | null
  type: string
  data: object
  created_at: Date
}
interface JobRef {
  kind: 'job'
  tenant_id: string
  id: string
  ref: string
}

interface JobRow {
  outbox_id: string
  tenant_id: string
  id: string
  name: string
  queue: string
  payload: unknown
  max_attempts: number
  actor_id: string | null
  actor_kind: string
  impersonator_id: string | null
  request_id: string | null
  traceparent: string | null
}

async function sendJobs({ database, queues, config }: RelayOptions, rows: JobRef[]): Promise<void> {
  if (rows.length === 0) return
  const given = sql`unnest(${rows.map((row) => row.tenant_id)}::uuid[], ${rows.map((row) => row.ref)}::uuid[],
    ${rows.map((row) => row.id)}::uuid[])`
  const jobs = await database.platform.query<JobRow>(sql`
    update jobs j set dispatched_at = now() from ${given} as o(tenant_id, job_id, id)
    where j.tenant_id = o.tenant_id and j.id = o.job_id and j.state = 'QUEUED'
    returning o.id as outbox_id, j.tenant_id, j.id, j.name, j.queue, j.payload, j.max_attempts, j.actor_id, j.actor_kind,
      j.impersonator_id, j.request_id, j.traceparent`)
  for (const [queue, ofQueue] of Map.groupBy(jobs, (job) => job.queue)) {
    const target = queues.get(queue)
    if (!target) throw new Error(`a job waits for queue ${queue}, which nobody has declared`)
    await target.addBulk(
      ofQueue.map((job) => ({
        name: job.name,
        data: envelopeOf(job),
        // One id a dispatch: a second relay that sends the same row adds nothing.
        opts: {
          jobId: `outbox-${job.outbox_id}`,
          attempts: job.max_attempts,
          backoff: { type: 'exponential', delay: config.worker.jobBackoffMs, jitter: 0.2 },
        },
      })),
    )
  }
}

const envelopeOf = (job: JobRow): JobEnvelope =>
  jobEnvelope.parse({
    jobId: job.id,
    tenantId: job.tenant_id,
    actorId: job.actor_id,
    actorKind: job.actor_kind,
    impersonatorId: job.impersonator_id,
    requestId: job.request_id,
    traceparent: job.traceparent,
    data: job.payload,
  })

async function sendEvents({ redis, config }: RelayOptions, events: EventRow[]): Promise<void> {
  if (events.length === 0) return
  const pipeline = redis.pipeline()
  for (const { seq, ...row } of events) {
    if (seq === null) continue
    const message: PublishedMessage = { kind: 'event', tenantId: row.tenant_id, event: toEventView({ ...row, seq }) }
    pipeline.publish(eventChannel(config.redis.prefix, row.tenant_id), JSON.stringify(message))
  }
  for (const [error] of (await pipeline.exec()) ?? []) if (error) throw error
}

/**
 * Takes rows out of the outbox, oldest first, and events with all that is told of them. They are back when it rolls back.
 * What was picked is removed by its place: joined by its key, a full batch was compared with itself, row by row.
 */
const takeBatch = (platform: PlatformDb) =>
  platform.query<EventRow | JobRef>(sql`
    with gone as (
      delete from outbox where ctid = any(array(select ctid from outbox order by id limit ${rowLimit(batchSize)} for update skip locked))
      returning tenant_id, id, kind, ref
    )
    select t.tenant_id, t.id, t.kind, t.ref, e.seq, e.type, e.data, e.created_at
    from gone t left join lateral (
      select seq, type, data, created_at from events
      where tenant_id = t.tenant_id and seq = case when t.kind = 'event' then t.ref::bigint end limit 1
    ) e on true order by t.id`)

async function relayBatch(options: RelayOptions): Promise<number> {
  const { platform } = options.database
  return platform.transaction(async () => {
    const rows = await takeBatch(platform)
    // Events first: somebody is looking.
    await sendEvents(
      options,
      rows.filter((row) => row.kind === 'event'),
    )
    await sendJobs(
      options,
      rows.filter((row) => row.kind === 'job'),
    )
    return rows.length
  })
}

/** Starts handing on, woken by every commit that fills the outbox and by a clock. */
export function startRelay(options: RelayOptions): Relay {
  let closed = false
  let running: Promise<number> | undefined
  let again = false

  async function drainAll(): Promise<number> {
    let moved = 0
    do {
      again = false
      // Less than it could take was all: of what is committed later somebody tells.
      for (let batch = batchSize; batch === batchSize && !closed; moved += batch) batch = await relayBatch(options)
    } while (again && !closed)
    return moved
  }
  const drain = (): Promise<number> => {
    again = true
    running ??= drainAll().finally(() => {
      running = undefined
    })
    return running
  }
  const pace = createPace(
    () => {
      drain().catch((error: unknown) => options.log.error({ err: error }, 'the outbox could not be handed on'))
    },
    ...togetherMs,
  )
  const wake = () => {
    if (!closed) pace.ask()
  }
  const { database, redis, log, config } = options
  const stopHearing = hearOutboxSignals({ database, redis, log, prefix: config.redis.prefix }, wake)
  const clock = setInterval(wake, pollMs)
  wake()
  return {
    drain,
    async close() {
      closed = true
      clearInterval(clock)
      pace.stop()
      stopHearing()
      // What it could not hand on is in the outbox still, and was logged.
      await running?.catch(() => undefined)
    },
  }
}
