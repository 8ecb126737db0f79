export { replayDeadLetter } from './dead-letters.ts'
export { defineJob, type JobCatalog, type JobDefinition } from './definition.ts'
export { cancelJob, type EnqueueOptions, enqueue, type JobOrigin } from './enqueue.ts'
export type { Handlers, JobHandler } from './handlers.ts'
export { startWorkerHost, type WorkerHost, type WorkerHostOptions } from './host.ts'
export { publishOutboxSignals } from './outbox-signal.ts'
export {
  closeQueues,
  createQueues,
  type QueueCount,
  type Queues,
  queueCounts,
  queuePrefix,
  scheduleQueue,
} from './queues.ts'
export { checkEvictionPolicy, createRedis, type RedisRole } from './redis.ts'
export { type Relay, type RelayOptions, startRelay } from './relay.ts'
export { type Committed, FenceLostError, type RunningJob } from './running-job.ts'
export { platformSchedules, runSchedule, type Schedule, startSchedules } from './schedules.ts'
