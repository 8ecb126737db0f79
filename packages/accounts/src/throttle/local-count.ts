/** So many are remembered; each attempt has cost its maker the time of a password hash. */
const maxKeys = 10_000

/** Counts within this process, for as long as what counts for all nodes does not answer. */
export class LocalCount {
  readonly #counts = new Map<string, { n: number; until: number }>()

  /** Counts once more. @returns how often within the window, and the milliseconds until it is over */
  add(key: string, windowMs: number): { n: number; leftMs: number } {
    const now = Date.now()
    if (this.#counts.size >= maxKeys) this.#makeRoom(now)
    const known = this.#counts.get(key)
    const count = known && known.until > now ? known : { n: 0, until: now + windowMs }
    count.n += 1
    this.#counts.set(key, count)
    return { n: count.n, leftMs: count.until - now }
  }

  #makeRoom(now: number): void {
    for (const [key, { until }] of this.#counts) if (until <= now) this.#counts.delete(key)
    const [oldest] = this.#counts.keys()
    if (oldest !== undefined && this.#counts.size >= maxKeys) this.#counts.delete(oldest)
  }
}
