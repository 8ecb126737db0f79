// Counts in fixed windows, for all nodes together in Redis. Who is far from a limit and asks often is counted here and
// told to Redis in batches (docs/adr/0013): a round trip a request cost more than most requests do.
import type { Redis } from 'ioredis'

export interface Count {
  /** Of this window, on all nodes as far as this one knows; the present request is in it. */
  current: number
  /** Milliseconds until the window ends. */
  ttlMs: number
}

interface Entry {
  /** What Redis said last, this node's share included. */
  known: number
  /** Counted here and not yet told. */
  pending: number
  /** On its way to Redis. */
  sent: number
  knownAt: number
  endsAt: number
}

/** A node may hold back a tenth of a limit; limits under ten are asked of Redis at each request. */
const heldBackShare = 0.1
/** From here on every request is asked of Redis. */
const exactFromShare = 0.5
/** What Redis said is good for this long; who asks less often is always counted exactly. */
const freshMs = 250
const settleEveryMs = 100
const maxEntries = 100_000

const script = `
  local current = redis.call('INCRBY', KEYS[1], ARGV[1])
  local ttl = redis.call('PTTL', KEYS[1])
  if ttl < 0 then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
    ttl = tonumber(ARGV[2])
  end
  return {current, ttl}`

export interface CounterOptions {
  redis: Redis
  /** Before every key. */
  prefix: string
  windowMs: number
  now?: () => number
}

export class Counter {
  readonly #options: Required<CounterOptions>
  readonly #entries = new Map<string, Entry>()
  readonly #dirty = new Set<string>()
  #settling: NodeJS.Timeout | undefined
  #sweptAt = 0

  constructor({ now = Date.now, ...options }: CounterOptions) {
    this.#options = { now, ...options }
  }

  /**
   * Counts one request. At once when the key is far from `max` and Redis was heard of just now, else after Redis has
   * answered, as always when it is to be `exact`. Without Redis each node counts for itself: refusing everybody would be worse.
   */
  count(key: string, max: number, { exact = false } = {}): Count | Promise<Count> {
    const now = this.#options.now()
    const entry = this.#entryOf(key, now)
    const unsettled = entry.pending + entry.sent
    const mayWait =
      !exact &&
      now - entry.knownAt < freshMs &&
      unsettled + 1 <= max * heldBackShare &&
      entry.known + unsettled < max * exactFromShare
    if (!mayWait) return this.#ask(key, entry)
    entry.pending++
    this.#dirty.add(key)
    this.#settling ??= setTimeout(() => this.#settle(), settleEveryMs).unref()
    return { current: entry.known + unsettled + 1, ttlMs: entry.endsAt - now }
  }

  #entryOf(key: string, now: number): Entry {
    const found = this.#entries.get(key)
    if (found && found.endsAt > now) return found
    this.#sweep(now)
    const entry = { known: 0, pending: 0, sent: 0, knownAt: 0, endsAt: now + this.#options.windowMs }
    if (this.#entries.size < maxEntries) this.#entries.set(key, entry)
    return entry
  }

  #sweep(now: number): void {
    if (now - this.#sweptAt < this.#options.windowMs) return
    this.#sweptAt = now
    for (const [key, { endsAt }] of this.#entries) if (endsAt <= now) this.#entries.delete(key)
  }

  #settle(): void {
    this.#settling = undefined
    const keys = [...this.#dirty]
    this.#dirty.clear()
    for (const key of keys) {
      const entry = this.#entries.get(key)
      if (entry && entry.pending > 0) void this.#tell(key, entry)
    }
  }

  #ask(key: string, entry: Entry): Promise<Count> {
    entry.pending++
    return this.#tell(key, entry)
  }

  async #tell(key: string, entry: Entry): Promise<Count> {
    const { redis, prefix, windowMs, now } = this.#options
    const batch = entry.pending
    entry.pending = 0
    entry.sent += batch
    try {
      const [current, ttlMs] = (await redis.eval(script, 1, `${prefix}${key}`, batch, windowMs)) as [number, number]
      entry.known = current
      entry.knownAt = now()
      entry.endsAt = entry.knownAt + ttlMs
      return { current, ttlMs }
    } catch {
      // The connection's own listener has logged it.
      entry.known += batch
      return { current: entry.known, ttlMs: Math.max(0, entry.endsAt - now()) }
    } finally {
      entry.sent -= batch
    }
  }
}
