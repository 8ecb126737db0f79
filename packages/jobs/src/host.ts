// One loop over the catalog starts every worker of this process, all with the same rules.
import type { WorkerProfile } from '@throughline/contracts'
import { Worker } from 'bullmq'
import type { JobCatalog } from './definition.ts'
import type { Handlers } from './handlers.ts'
import { type CatalogEntry, type ProcessOptions, processJob } from './process-job.ts'
import { queuePrefix } from './queues.ts'
import { createRedis, errorLog } from './redis.ts'

export interface WorkerHostOptions<Catalog extends JobCatalog> extends ProcessOptions {
  catalog: Catalog
  handlers: Handlers<Catalog>
  profiles: readonly WorkerProfile[]
}

export interface WorkerHost {
  /** Whether every worker is taking jobs. */
  isRunning(): boolean
  /** Takes no more jobs and waits for the running ones; after `deadlineMs` they are left for another worker. */
  close(deadlineMs: number): Promise<void>
}

/** A crash is the machine's fault and not the job's: BullMQ's own limit of one would make it fail for good. */
const maxStalledCount = 10

/** Starts the workers of the given profiles. */
export function startWorkerHost<Catalog extends JobCatalog>(options: WorkerHostOptions<Catalog>): WorkerHost {
  const { config, catalog, handlers, profiles, log } = options
  const entries = Object.entries(catalog)
    .filter(([, definition]) => profiles.includes(definition.profile))
    .map(([name, definition]): [string, CatalogEntry] => {
      const handler = handlers[name]
      if (!handler) throw new Error(`no handler for ${name}`)
      return [definition.name, { definition, handler }]
    })
  const byName = new Map(entries)
  const queues = Map.groupBy(byName.values(), ({ definition }) => definition.queue)
  const stop = new AbortController()
  const connection = createRedis(config.redis, 'worker', log)

  const workers = [...queues].map(([queue, ofQueue]) => {
    const worker = new Worker(
      queue,
      async (job) => {
        const entry = byName.get(job.name)
        if (!entry) throw new Error(`queue ${queue} carries ${job.name}, which has no handler here`)
        await processJob(options, entry, job, stop.signal)
      },
      {
        connection,
        prefix: queuePrefix(config.redis.prefix),
        concurrency: Math.max(...ofQueue.map(({ definition }) => definition.concurrency)),
        lockDuration: config.worker.jobLockMs,
        stalledInterval: config.worker.jobLockMs,
        maxStalledCount,
        drainDelay: 5,
      },
    )
    worker.on('error', errorLog(log, { queue }, 'worker'))
    worker.on('stalled', (jobId) => log.warn({ queue, jobId }, 'a job was lost by its worker and is taken up again'))
    return worker
  })
  log.info({ queues: [...queues.keys()], profiles }, 'workers started')

  return {
    isRunning: () => workers.every((worker) => worker.isRunning()),
    async close(deadlineMs) {
      const deadline = setTimeout(() => stop.abort(new Error('the worker is stopping')), deadlineMs)
      await Promise.all(workers.map((worker) => worker.close()))
      clearTimeout(deadline)
      connection.disconnect()
    },
  }
}
