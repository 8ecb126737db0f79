// Guessing is slowed per account and address, so that an attacker elsewhere does not lock the owner out.
import { isIPv6 } from 'node:net'
import { AppError } from '@throughline/contracts'
import type { Log } from '@throughline/db'
import type { Redis } from 'ioredis'
import { hashOf } from '../secrets/index.ts'
import { LocalCount } from './local-count.ts'

/** Attempts that one address has for one account before it must wait between them. */
const freeAttempts = 5
/** Failures on one account from everywhere that mean it is under attack; each address then has one attempt. */
const attackFailures = 20
const freeAttemptsUnderAttack = 1
const rememberSeconds = 15 * 60
const firstWaitMs = 2_000
const longestWaitMs = 15 * 60_000
/** While Redis is away the free attempts are for this long. */
const aloneMs = 60_000
const hourMs = 60 * 60_000

export interface ThrottleOptions {
  redis: Redis
  prefix: string
  log: Log
}

/** Somebody with an IPv6 line has at least a /64 of addresses. */
export function groupOf(address: string): string {
  if (!isIPv6(address)) return address
  // An IPv4 address in the clothes of IPv6.
  if (address.includes('.')) return address.slice(address.lastIndexOf(':') + 1)
  const [head = '', tail] = address.toLowerCase().split('::')
  const parts = head.split(':').filter(Boolean)
  const missing = tail === undefined ? 0 : 8 - parts.length - tail.split(':').filter(Boolean).length
  return [...parts, ...Array<string>(missing).fill('0'), ...(tail ?? '').split(':')].slice(0, 4).join(':')
}
const nameOf = (email: string): string => hashOf(email.trim().toLowerCase()).slice(0, 32)

const nothing = (): void => undefined

export class Throttle {
  readonly #options: ThrottleOptions
  readonly #alone = new LocalCount()

  constructor(options: ThrottleOptions) {
    this.#options = options
  }

  #key(kind: string, email: string, address?: string): string {
    return `${this.#options.prefix}:throttle:${kind}:${nameOf(email)}${address ? `:${groupOf(address)}` : ''}`
  }

  /** Without Redis each node counts for itself: guessing must not become free by making Redis go away. */
  async #orElse<T>(fallback: () => T, work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof AppError) throw error
      this.#options.log.warn({ err: error }, 'attempts could not be counted')
      return fallback()
    }
  }

  /**
   * Counts an attempt before it is judged, so that parallel ones cannot outrun the count. The same for addresses that
   * have no account.
   * @throws AppError rate_limited with the time to wait
   */
  admit(email: string, address: string): Promise<void> {
    const alone = () => {
      const { n, leftMs } = this.#alone.add(this.#key('attempts', email, address), aloneMs)
      if (n > freeAttempts) throw tooMany(leftMs)
    }
    return this.#orElse(alone, async () => {
      const { redis } = this.#options
      const [attempts, blocked] = [this.#key('attempts', email, address), this.#key('blocked', email, address)]
      const waitMs = await redis.pttl(blocked)
      if (waitMs > 0) throw tooMany(waitMs)
      const [made, , failures] = await answersOf(
        redis.multi().incr(attempts).expire(attempts, rememberSeconds).get(this.#key('failures', email)).exec(),
      )
      const free = Number(failures ?? 0) >= attackFailures ? freeAttemptsUnderAttack : freeAttempts
      const beyond = Number(made) - free
      if (beyond < 0) return
      // The last free attempt, and each one after it, is let in and shuts the door behind itself, for twice as long as
      // the one before. Of parallel ones, one shuts it; the others stand before it.
      const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** beyond)
      if ((await redis.set(blocked, '1', 'PX', wait, 'NX')) === null) throw tooMany(wait)
    })
  }

  /** The attempt was wrong. */
  failed(email: string): Promise<void> {
    return this.#orElse(nothing, async () => {
      const key = this.#key('failures', email)
      await answersOf(this.#options.redis.multi().incr(key).expire(key, rememberSeconds).exec())
    })
  }

  /** The attempt was neither right nor wrong: it lacked the second factor. It must not open more guesses. */
  uncount(email: string, address: string): Promise<void> {
    return this.#orElse(nothing, async () => {
      const [attempts, blocked] = [this.#key('attempts', email, address), this.#key('blocked', email, address)]
      await answersOf(this.#options.redis.multi().decr(attempts).del(blocked).exec())
    })
  }

  /** The attempt was right: this address starts anew. What others do to the account is still remembered. */
  succeeded(email: string, address: string): Promise<void> {
    return this.#orElse(nothing, async () => {
      await this.#options.redis.del(this.#key('attempts', email, address), this.#key('blocked', email, address))
    })
  }

  /** Whether another mail of this kind may go to this address: a few an hour, whoever asks for them. */
  mayMail(kind: string, email: string, perHour = 5): Promise<boolean> {
    const key = this.#key(`mail-${kind}`, email)
    const alone = () => this.#alone.add(key, hourMs).n <= perHour
    return this.#orElse(alone, async () => {
      const [sent] = await answersOf(this.#options.redis.multi().incr(key).expire(key, 3_600, 'NX').exec())
      return Number(sent) <= perHour
    })
  }
}

const tooMany = (waitMs: number): AppError =>
  new AppError('rate_limited', {
    message: 'Too many attempts for this account. Wait a moment, or reset your password.',
    retryAfterSeconds: Math.ceil(waitMs / 1000),
  })

/** The answers of a MULTI; the first error is thrown. */
async function answersOf(executed: Promise<[Error | null, unknown][] | null>): Promise<unknown[]> {
  const answers = (await executed) ?? []
  return answers.map(([error, answer]) => {
    if (error) throw error
    return answer
  })
}
