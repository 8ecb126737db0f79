import { ApiKeyVerifier, createEncryption, type Encryption, Revocations, Throttle } from '@throughline/accounts'
import type { Config } from '@throughline/config'
import { createAnswerStore, createDatabase, type Database } from '@throughline/db'
import {
  checkEvictionPolicy,
  closeQueues,
  createQueues,
  createRedis,
  type JobCatalog,
  publishOutboxSignals,
  type Queues,
} from '@throughline/jobs'
import { revokedChannel } from '@throughline/realtime'
import { createStorage, type Storage } from '@throughline/storage'
import type { Logger } from '@throughline/telemetry'
import type { Redis } from 'ioredis'

/** What the API stands on; made once, before the app, so that a test can hand over its own. */
export interface Resources {
  config: Config
  database: Database
  /** Fails at once when Redis is away. */
  redis: Redis
  queues: Queues
  catalog: JobCatalog
  storage: Storage
  revocations: Revocations
  throttle: Throttle
  encryption: Encryption
  apiKeys: ApiKeyVerifier
  log: Logger
}

/** What is made of the parts that hold connections, the same in production and in tests. */
export function identityParts({
  config,
  database,
  redis,
  log,
}: Pick<Resources, 'config' | 'database' | 'redis' | 'log'>) {
  return {
    throttle: new Throttle({ redis, prefix: config.redis.prefix, log }),
    encryption: createEncryption(config.encryption),
    apiKeys: new ApiKeyVerifier(database.platform, log),
  }
}

/** Opens everything. @throws when a part that the API cannot work without does not answer */
export async function openResources(
  config: Config,
  catalog: JobCatalog,
  log: Logger,
): Promise<Resources & { close(): Promise<void> }> {
  const redis = createRedis(config.redis, 'producer', log)
  const database = createDatabase(config, log, createAnswerStore(redis, config.redis.prefix))
  const subscriber = createRedis(config.redis, 'subscriber', log)
  const queues = createQueues(redis, catalog, config.redis.prefix, log)
  const channel = revokedChannel(config.redis.prefix)
  const revocations = new Revocations({ db: database.platform, subscriber, publisher: redis, channel, log })
  await Promise.all([checkEvictionPolicy(redis), revocations.start()])
  const stopTelling = publishOutboxSignals({ database, redis, prefix: config.redis.prefix, log })
  return {
    config,
    database,
    redis,
    queues,
    catalog,
    storage: createStorage(config.storage),
    revocations,
    ...identityParts({ config, database, redis, log }),
    log,
    async close() {
      revocations.stop()
      stopTelling()
      await closeQueues(queues)
      redis.disconnect()
      subscriber.disconnect()
      await database.close()
    },
  }
}
