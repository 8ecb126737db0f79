// One process of workers: the profiles that it is told, and with `util` also the relay, the deliverer of webhooks and the
// schedules.
import { createEncryption } from '@throughline/accounts'
import { createTextModel } from '@throughline/ai'
import type { Config } from '@throughline/config'
import { createAnswerStore, createDatabase } from '@throughline/db'
import { jobCatalog } from '@throughline/job-catalog'
import {
  checkEvictionPolicy,
  closeQueues,
  createQueues,
  createRedis,
  type Handlers,
  platformSchedules,
  publishOutboxSignals,
  startRelay,
  startSchedules,
  startWorkerHost,
} from '@throughline/jobs'
import { createMailer } from '@throughline/mail'
import { createFetchOutside } from '@throughline/outbound'
import { createStorage } from '@throughline/storage'
import type { Logger } from '@throughline/telemetry'
import { startDeliverer } from '@throughline/webhooks'
import { alertDead } from './dead-letters.ts'
import { accountHandlers } from './handlers/accounts.jobs.ts'
import { activityHandlers } from './handlers/activities.jobs.ts'
import { dealImportHandlers } from './handlers/deal-imports.jobs.ts'
import { dealSummaryHandlers } from './handlers/deal-summaries.jobs.ts'
import { exportHandlers } from './handlers/exports.jobs.ts'
import { fundDocumentHandlers } from './handlers/fund-documents.jobs.ts'
import { fundImportHandlers } from './handlers/fund-imports.jobs.ts'
import { fundNightHandlers } from './handlers/fund-nights.jobs.ts'
import { paymentEventHandlers } from './handlers/payment-events.jobs.ts'
import { startHealthServer } from './health.ts'
import { accountSchedules, deskSchedules } from './schedules.ts'

export interface RunningWorker {
  healthPort: number
  close(): Promise<void>
}

/** Starts everything that this process is for. @throws when a part that it cannot work without does not answer */
export async function startWorker(config: Config, log: Logger): Promise<RunningWorker> {
  const { profiles } = config.worker
  const redis = createRedis(config.redis, 'producer', log)
  const database = createDatabase(config, log, createAnswerStore(redis, config.redis.prefix))
  await checkEvictionPolicy(redis)
  const queues = createQueues(redis, jobCatalog, config.redis.prefix, log)
  const storage = createStorage(config.storage)
  const mailer = createMailer(config.mail)
  const encryption = createEncryption(config.encryption)
  const model = createTextModel(config.ai)
  const handlers = {
    ...accountHandlers({ platform: database.platform, mailer, portalUrls: config.portalUrls, storage }),
    ...activityHandlers({ model, redis, prefix: config.redis.prefix }),
    ...dealSummaryHandlers({ model, storage }),
    ...dealImportHandlers({ storage, maxRows: config.uploads.importMaxRows }),
    ...exportHandlers(storage),
    ...fundDocumentHandlers({ storage, encryption, mailer, portalUrls: config.portalUrls }),
    ...fundImportHandlers({ storage, maxRows: config.uploads.importMaxRows }),
    ...paymentEventHandlers,
    ...fundNightHandlers(mailer),
  } satisfies Handlers<typeof jobCatalog>

  const stopTelling = publishOutboxSignals({ database, redis, prefix: config.redis.prefix, log })
  const isUtil = profiles.includes('util')
  const relay = isUtil ? startRelay({ config, database, redis, queues, log }) : undefined
  const deliverer = isUtil
    ? startDeliverer({
        database,
        log,
        encryption,
        fetchOutside: createFetchOutside(config.outbound),
        chance: Math.random,
        leaseMs: config.worker.jobLockMs * 2,
      })
    : undefined
  const scheduled = { config, database, queues, log }
  const schedules = isUtil
    ? await startSchedules(scheduled, [
        ...platformSchedules(scheduled),
        ...accountSchedules({ database, storage }),
        ...deskSchedules({ database, storage, log }),
      ])
    : undefined
  const host = startWorkerHost({ config, database, redis, log, alertDead, catalog: jobCatalog, handlers, profiles })
  const health = await startHealthServer({ port: config.worker.healthPort, database, redis, queues, host, log })

  return {
    healthPort: health.port,
    async close() {
      health.drain()
      // The running jobs get most of the time; what they leave is taken up by another worker.
      const deadlineMs = config.shutdownTimeoutMs * 0.75
      await Promise.all([host.close(deadlineMs), deliverer?.close(deadlineMs), schedules?.close()])
      await relay?.close()
      stopTelling()
      await closeQueues(queues)
      await health.close()
      mailer.close()
      redis.disconnect()
      await database.close()
    },
  }
}
