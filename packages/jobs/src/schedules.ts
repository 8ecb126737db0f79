// What has to happen from time to time, across tenants. BullMQ keeps the time; `schedule_runs` remembers the outcome.
import type { Config } from '@throughline/config'
import { type Database, type Log, sql } from '@throughline/db'
import { Worker } from 'bullmq'
import { requeueLost } from './jobs.repo.ts'
import { type Queues, queuePrefix, scheduleQueue } from './queues.ts'
import { createRedis, errorLog } from './redis.ts'

export interface Schedule {
  name: string
  everyMs: number
  run(): Promise<void>
}

export interface SchedulesOptions {
  config: Pick<Config, 'redis' | 'worker'>
  database: Database
  queues: Queues
  log: Log
}

const minute = 60_000
/** Sent and not taken up for this long: Redis may have forgotten it. Longer than the longest wait between attempts. */
const lostAfterMs = 90_000
const keepEventsDays = 30

/** The platform's own schedules. */
export const platformSchedules = ({ config, database }: SchedulesOptions): Schedule[] => [
  {
    name: 'reconcile-jobs',
    everyMs: minute / 2,
    run: async () => {
      const silentMs = config.worker.jobLockMs * 2
      await requeueLost(database.platform, { sentMs: lostAfterMs, silentMs })
    },
  },
  {
    name: 'purge-idempotency-keys',
    everyMs: 60 * minute,
    run: async () => {
      await database.platform.execute(sql`delete from idempotency_keys where expires_at < now()`)
    },
  },
  {
    name: 'purge-events',
    everyMs: 24 * 60 * minute,
    run: async () => {
      await database.platform.execute(
        sql`delete from events where created_at < now() - ${`${keepEventsDays} days`}::interval`,
      )
    },
  },
]

/** Runs one schedule and writes down how it went. @throws what the schedule threw */
export async function runSchedule(database: Database, schedule: Schedule): Promise<void> {
  const { platform } = database
  await platform.execute(sql`insert into schedule_runs (name, last_started_at) values (${schedule.name}, now())
    on conflict (name) do update set last_started_at = now()`)
  try {
    await schedule.run()
    await platform.execute(
      sql`update schedule_runs set last_success_at = now(), last_error = null where name = ${schedule.name}`,
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await platform.execute(sql`update schedule_runs set last_error = ${reason} where name = ${schedule.name}`)
    throw error
  }
}

/** Declares the schedules in BullMQ and runs what is due; several processes may do so, each run happens once. */
export async function startSchedules(options: SchedulesOptions, schedules = platformSchedules(options)) {
  const { config, database, queues, log } = options
  const queue = queues.get(scheduleQueue)
  if (!queue) throw new Error(`queue ${scheduleQueue} is not open`)
  for (const { name, everyMs } of schedules) await queue.upsertJobScheduler(name, { every: everyMs }, { name })

  const byName = new Map(schedules.map((schedule) => [schedule.name, schedule]))
  const connection = createRedis(config.redis, 'worker', log)
  const worker = new Worker(
    scheduleQueue,
    async ({ name }) => {
      const schedule = byName.get(name)
      if (schedule) await runSchedule(database, schedule)
      else log.warn({ name }, 'a schedule is declared in Redis that this version does not know')
    },
    { connection, prefix: queuePrefix(config.redis.prefix), maxStalledCount: 10 },
  )
  worker.on('error', errorLog(log, {}, 'schedules'))
  worker.on('failed', (job, error) => log.error({ schedule: job?.name, err: error }, 'a schedule failed'))
  return {
    async close() {
      await worker.close()
      connection.disconnect()
    },
  }
}
