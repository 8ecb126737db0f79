// How often somebody may ask: an address before it is known who asks, a firm afterwards. Counted for all nodes together.
import { normalizeIP } from '@fastify/rate-limit'
import { AppError } from '@throughline/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'
import { type Count, Counter } from './counter.ts'

const windowMs = 60_000
const windowSeconds = windowMs / 1000

interface Limit {
  policy: 'address' | 'tenant'
  max: number
  remaining: number
  resetSeconds: number
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a request of a firm, so that one cannot starve another. @throws AppError rate_limited */
    countTenant(request: FastifyRequest, tenantId: string): Promise<void> | undefined
  }
  interface FastifyRequest {
    /** What the request was counted against. */
    countedLimits: Limit[] | undefined
  }
}

const refusal = (resetSeconds: number) => new AppError('rate_limited', { retryAfterSeconds: Math.max(1, resetSeconds) })

/** Writes down what the caller is told. @throws AppError rate_limited */
function judge(request: FastifyRequest, policy: Limit['policy'], max: number, { current, ttlMs }: Count): void {
  const resetSeconds = Math.ceil(ttlMs / 1000)
  request.countedLimits ??= []
  request.countedLimits.push({ policy, max, remaining: Math.max(0, max - current), resetSeconds })
  if (current > max) throw refusal(resetSeconds)
}

const nearestOf = (limits: readonly Limit[]): Limit | undefined =>
  limits.reduce<Limit | undefined>(
    (nearest, limit) => (nearest && nearest.remaining / nearest.max <= limit.remaining / limit.max ? nearest : limit),
    undefined,
  )

/** Both styles: single `ratelimit-*` of the limit that is nearest, and the structured fields of all of them. */
function tell(request: FastifyRequest, reply: FastifyReply): void {
  const limits = request.countedLimits
  const nearest = limits && nearestOf(limits)
  if (!nearest) return
  reply
    .header('ratelimit-limit', nearest.max)
    .header('ratelimit-remaining', nearest.remaining)
    .header('ratelimit-reset', nearest.resetSeconds)
    .header('ratelimit-policy', limits.map(({ policy, max }) => `"${policy}";q=${max};w=${windowSeconds}`).join(', '))
    .header(
      'ratelimit',
      limits.map(({ policy, remaining, resetSeconds }) => `"${policy}";r=${remaining};t=${resetSeconds}`).join(', '),
    )
}

export const limits = fp(
  async (app, { config, redis }: Pick<Resources, 'config' | 'redis'>) => {
    const counter = new Counter({ redis, prefix: `${config.redis.prefix}:limit:`, windowMs })
    app.decorateRequest('countedLimits', undefined)

    /** Answers at once when it can, so that a request far from its limits waits for nothing. */
    const count = (
      request: FastifyRequest,
      { policy, key, max, exact }: { policy: Limit['policy']; key: string; max: number; exact?: boolean },
    ): Promise<void> | undefined => {
      const counted = counter.count(key, max, { exact })
      if (counted instanceof Promise) return counted.then((late) => judge(request, policy, max, late))
      judge(request, policy, max, counted)
      return undefined
    }
    app.addHook('onRequest', (request, _reply, done) => {
      const { limit, unlimited } = request.routeOptions.config
      if (unlimited) return done()
      const key = `${limit?.name ?? 'any'}:${normalizeIP(request.ip)}`
      const max = limit?.perMinute ?? config.rateLimits.perMinute
      // What guards a password or a link is counted to the last one.
      const waiting = count(request, { policy: 'address', key, max, exact: limit !== undefined })
      if (waiting) waiting.then(() => done(), done)
      else done()
    })
    app.decorate('countTenant', (request: FastifyRequest, tenantId: string) =>
      count(request, { policy: 'tenant', key: `tenant:${tenantId}`, max: config.rateLimits.tenantPerMinute }),
    )
    app.addHook('onSend', (request, reply, _payload, done) => {
      tell(request, reply)
      done()
    })
  },
  { name: 'limits' },
)

declare module 'fastify' {
  interface FastifyContextConfig {
    /** For sign-in and the like: a count of its own per address, instead of the common one. */
    limit?: { name: string; perMinute: number }
    /** Asked by probes; `because` says why nobody needs to be held back. */
    unlimited?: boolean
  }
}
