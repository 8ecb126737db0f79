import type { WorkerProfile } from '@throughline/contracts'
import type { Log } from '@throughline/db'
import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { JobCatalog } from './definition.ts'
import { errorLog } from './redis.ts'

export type Queues = ReadonlyMap<string, Queue>

/** BullMQ's own key prefix; one a installation. */
export const queuePrefix = (prefix: string): string => `${prefix}:bull`

/** The name of the queue that carries schedules, run by `util` workers. */
export const scheduleQueue = 'util__schedules'

/**
 * One queue object for each queue of the catalog. Done jobs leave Redis soon: the `jobs` table remembers. What all of them say of
 * their connection is logged once.
 */
export function createQueues(redis: Redis, catalog: JobCatalog, prefix: string, log: Log): Queues {
  const names = new Set([...Object.values(catalog).map((job) => job.queue), scheduleQueue])
  const onError = errorLog(log, {}, 'queues')
  const open = (name: string) => {
    const queue = new Queue(name, {
      connection: redis,
      prefix: queuePrefix(prefix),
      defaultJobOptions: { removeOnComplete: { count: 200 }, removeOnFail: { count: 1000 } },
    })
    // Without a listener BullMQ prints the error past the log.
    return queue.on('error', onError)
  }
  return new Map([...names].map((name) => [name, open(name)]))
}

export interface QueueCount {
  name: string
  profile: WorkerProfile
  waiting: number
  active: number
  delayed: number
  failed: number
  workers: number
}

/** How much waits and runs in each queue. */
export function queueCounts(queues: Queues, catalog: JobCatalog): Promise<QueueCount[]> {
  const profileOf = (name: string) => Object.values(catalog).find((job) => job.queue === name)?.profile ?? 'util'
  return Promise.all(
    [...queues].map(async ([name, queue]) => {
      const counts = await queue.getJobCounts('waiting', 'active', 'delayed', 'failed', 'prioritized')
      return {
        name,
        profile: profileOf(name),
        waiting: (counts.waiting ?? 0) + (counts.prioritized ?? 0),
        active: counts.active ?? 0,
        delayed: counts.delayed ?? 0,
        failed: counts.failed ?? 0,
        workers: await queue.getWorkersCount(),
      }
    }),
  )
}

export const closeQueues = async (queues: Queues): Promise<void> => {
  await Promise.all([...queues.values()].map((queue) => queue.close()))
}
