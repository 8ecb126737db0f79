import rateLimit from '@fastify/rate-limit'
import { AppError } from '@throughline/contracts'
import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'

/** Requests a minute from one address, counted in Redis for all nodes together. */
export const limits = fp(
  async (app, { config, redis }: Pick<Resources, 'config' | 'redis'>) => {
    await app.register(rateLimit, {
      global: true,
      max: config.rateLimits.perMinute,
      timeWindow: 60_000,
      redis,
      nameSpace: `${config.redis.prefix}:limit:`,
      // Without Redis nobody can count; refusing everybody would be worse.
      skipOnError: true,
      enableDraftSpec: true,
      errorResponseBuilder: () => new AppError('rate_limited'),
    })
  },
  { name: 'limits' },
)
