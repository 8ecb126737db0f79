import rateLimit from '@fastify/rate-limit'
import { AppError } from '@throughline/contracts'
import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'

/** Requests a minute from one address, counted in Redis for all nodes together. */
export const limits = fp(
  async (app, { config, redis }: Pick<Resources, 'config' | 'redis'>) => {
    await app.register(rateLimit, {
      // The plugin's own hooks belong to routes and would run after a router's guard: what is refused there would cost
      // an attacker nothing. The hook below comes first; routes with a limit of their own (sign-in) keep the plugin's.
      global: false,
      max: config.rateLimits.perMinute,
      timeWindow: 60_000,
      redis,
      nameSpace: `${config.redis.prefix}:limit:`,
      // Without Redis nobody can count; refusing everybody would be worse.
      skipOnError: true,
      enableDraftSpec: true,
      errorResponseBuilder: () => new AppError('rate_limited'),
    })
    const count = app.rateLimit()
    app.addHook('onRequest', async (request, reply) => {
      if (request.routeOptions.config.rateLimit === undefined) await count.call(app, request, reply)
    })
  },
  { name: 'limits' },
)
