// How often somebody may ask: an address before it is known who asks, a firm afterwards. Counted in Redis for all nodes.
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import { AppError } from '@throughline/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'

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
    countTenant(request: FastifyRequest, tenantId: string): Promise<void>
  }
}

const limitsOf = new WeakMap<FastifyRequest, Limit[]>()
const tenantOf = new WeakMap<FastifyRequest, string>()

function remember(request: FastifyRequest, limit: Limit): void {
  limitsOf.set(request, [...(limitsOf.get(request) ?? []), limit])
}

const refusal = (resetSeconds: number) => new AppError('rate_limited', { retryAfterSeconds: Math.max(1, resetSeconds) })

/** Both styles: single `ratelimit-*` of the limit that is nearest, and the structured fields of all of them. */
function tell(request: FastifyRequest, reply: FastifyReply): void {
  const limits = limitsOf.get(request)
  const nearest = limits?.toSorted((a, b) => a.remaining / a.max - b.remaining / b.max)[0]
  if (!limits || !nearest) return
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
    await app.register(rateLimit, {
      // The plugin's own hooks belong to routes and would run after a router's guard: what is refused there would cost
      // an attacker nothing. The hook below comes first.
      global: false,
      max: config.rateLimits.perMinute,
      timeWindow: windowMs,
      redis,
      nameSpace: `${config.redis.prefix}:limit:`,
      // Without Redis nobody can count; refusing everybody would be worse.
      skipOnError: true,
    })
    const counters = new Map<string, ReturnType<typeof app.createRateLimit>>()
    const counterOf = (name: string, max: number, keyGenerator: (request: FastifyRequest) => string) => {
      const known = counters.get(name)
      if (known) return known
      const counter = app.createRateLimit({ max, timeWindow: windowMs, keyGenerator })
      counters.set(name, counter)
      return counter
    }
    const count = async (policy: Limit['policy'], counter: ReturnType<typeof counterOf>, request: FastifyRequest) => {
      const result = await counter(request)
      if (result.isAllowed) return
      const { max, remaining, ttlInSeconds: resetSeconds, isExceeded } = result
      remember(request, { policy, max, remaining, resetSeconds })
      if (isExceeded) throw refusal(resetSeconds)
    }
    app.addHook('onRequest', async (request) => {
      const { limit, unlimited } = request.routeOptions.config
      if (unlimited) return
      const name = limit?.name ?? 'any'
      const byAddress = (asked: FastifyRequest) => `${name}:${normalizeIP(asked.ip)}`
      await count('address', counterOf(name, limit?.perMinute ?? config.rateLimits.perMinute, byAddress), request)
    })
    app.decorate('countTenant', (request: FastifyRequest, tenantId: string) => {
      tenantOf.set(request, tenantId)
      const byTenant = (asked: FastifyRequest) => `tenant:${tenantOf.get(asked)}`
      return count('tenant', counterOf('tenant', config.rateLimits.tenantPerMinute, byTenant), request)
    })
    app.addHook('onSend', async (request, reply) => tell(request, reply))
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
