import type { Config } from '@throughline/config'
import type { Log } from '@throughline/db'
import { Redis } from 'ioredis'

/** `producer` fails at once when Redis is away; `worker` and `subscriber` wait for it. */
export type RedisRole = 'producer' | 'worker' | 'subscriber'

/** Each retry of each connection has the same to say while Redis is away. */
const saidAgainMs = 10_000

/** Logs the first error, and then at most one in ten seconds, with how many there were. */
export function errorLog(log: Log, details: object, message: string): (error: Error) => void {
  let [quietUntil, untold] = [0, 0]
  return ({ message: reason }) => {
    untold += 1
    if (Date.now() < quietUntil) return
    quietUntil = Date.now() + saidAgainMs
    log.warn({ ...details, reason, times: untold }, message)
    untold = 0
  }
}

/** Opens a connection whose errors are logged, not thrown at the process. */
export function createRedis(config: Config['redis'], role: RedisRole, log: Log): Redis {
  const redis = new Redis(config.url, {
    maxRetriesPerRequest: role === 'producer' ? 2 : null,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  redis.on('error', errorLog(log, { role }, 'redis'))
  return redis
}

/**
 * An evicting Redis loses jobs without a word.
 * @throws Error that says how to mend it
 */
export async function checkEvictionPolicy(redis: Redis): Promise<void> {
  const policy = (await redis.info('memory')).match(/maxmemory_policy:(\S+)/)?.[1]
  if (policy !== 'noeviction')
    throw new Error(`Redis evicts keys (maxmemory-policy ${policy}): run CONFIG SET maxmemory-policy noeviction`)
}
