// How the relay hears that the outbox has filled: from Redis, whoever has committed. A message that is lost costs the time
// until the relay looks again by itself.
import type { Database, Log } from '@throughline/db'
import type { Redis } from 'ioredis'
import { createPace } from './pace.ts'

const channelOf = (prefix: string): string => `${prefix}:outbox`
/** What is committed within this time after a message goes with one more: the shortest, and the longest under load. */
const togetherMs = [5, 40] as const

export interface OutboxSignals {
  database: Pick<Database, 'onSignal'>
  redis: Redis
  prefix: string
  log: Log
}

/** Tells the relays of the installation what this process commits. @returns how to stop */
export function publishOutboxSignals({ database, redis, prefix, log }: OutboxSignals): () => void {
  const pace = createPace(
    () => {
      redis
        .publish(channelOf(prefix), '')
        .catch(({ message }: Error) => log.debug({ reason: message }, 'the relay was not woken; it looks by itself'))
    },
    ...togetherMs,
  )
  const stop = database.onSignal('outbox', pace.ask)
  return () => {
    stop()
    pace.stop()
  }
}

/** Calls back whenever something was committed, here or elsewhere, and after each (re)connection. @returns how to stop */
export function hearOutboxSignals({ database, redis, prefix, log }: OutboxSignals, wake: () => void): () => void {
  const subscriber = redis.duplicate({ maxRetriesPerRequest: null })
  const channel = channelOf(prefix)
  subscriber.on('error', ({ message }: Error) => log.warn({ reason: message }, 'redis (outbox)'))
  subscriber.on('message', wake)
  // Something may have been missed.
  subscriber.on('ready', wake)
  subscriber
    .subscribe(channel)
    .catch(({ message }: Error) => log.warn({ reason: message }, 'the relay hears of nothing; it looks by itself'))
  const stop = database.onSignal('outbox', wake)
  return () => {
    stop()
    subscriber.disconnect()
  }
}
