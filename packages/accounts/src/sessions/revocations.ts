// Which sessions have ended while tokens of theirs are still good by the clock. Kept in memory on every node, so that
// a check costs nothing; told by Redis at once, and by the database when Redis is away.
import type { Log, PlatformDb } from '@throughline/db'
import type { Redis } from 'ioredis'
import { readRevokedSince } from './sessions.repo.ts'

/** Longer than any access token lives. */
const rememberMs = 70 * 60_000
/** What Redis did not tell is read from the database after this time at most. */
const pollMs = 2_500
/**
 * Clocks of nodes and database may differ; and a session bears the time at which the transaction that ended it began,
 * which may have waited for locks before it committed.
 */
const overlapMs = 60_000

export interface RevocationsOptions {
  db: PlatformDb
  /** A connection that subscribes. */
  subscriber: Redis
  /** A connection that publishes. */
  publisher: Redis
  channel: string
  log: Log
}

export class Revocations {
  readonly #options: RevocationsOptions
  readonly #ended = new Map<string, number>()
  #since = new Date(Date.now() - rememberMs)
  readonly #listeners: ((sessionId: string) => void)[] = []
  #clock: NodeJS.Timeout | undefined

  constructor(options: RevocationsOptions) {
    this.#options = options
  }

  /** Reads what has ended lately; throws when the database cannot say, for then nobody could be refused. */
  async start(): Promise<void> {
    const { subscriber, channel, log } = this.#options
    await this.#read()
    subscriber.on('message', (from: string, sessionId: string) => {
      if (from === channel) this.#note(sessionId, Date.now())
    })
    await subscriber.subscribe(channel)
    this.#clock = setInterval(() => {
      this.#read().catch((error: unknown) => log.warn({ err: error }, 'ended sessions could not be read'))
    }, pollMs)
    this.#clock.unref()
  }

  /** Told once of each session, whether this node ended it, Redis said so, or the database did. */
  whenEnded(listener: (sessionId: string) => void): void {
    this.#listeners.push(listener)
  }

  #note(sessionId: string, at: number): void {
    const isNews = !this.#ended.has(sessionId)
    this.#ended.set(sessionId, at)
    if (isNews) for (const listener of this.#listeners) listener(sessionId)
  }

  has(sessionId: string): boolean {
    return this.#ended.has(sessionId)
  }

  /** Tells every node. The database knows already. */
  async publish(sessionIds: readonly string[]): Promise<void> {
    const { publisher, channel, log } = this.#options
    for (const sessionId of sessionIds) this.#note(sessionId, Date.now())
    try {
      await Promise.all(sessionIds.map((sessionId) => publisher.publish(channel, sessionId)))
    } catch (error) {
      // The other nodes read it from the database within seconds.
      log.warn({ err: error }, 'the end of a session could not be told to the other nodes')
    }
  }

  stop(): void {
    clearInterval(this.#clock)
  }

  async #read(): Promise<void> {
    const startedAt = Date.now()
    for (const { id, revokedAt } of await readRevokedSince(this.#options.db, this.#since))
      this.#note(id, revokedAt.getTime())
    this.#since = new Date(startedAt - overlapMs)
    for (const [id, endedAt] of this.#ended) if (endedAt < startedAt - rememberMs) this.#ended.delete(id)
  }
}
