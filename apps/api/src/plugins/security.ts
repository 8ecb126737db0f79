import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { Config } from '@throughline/config'
import fp from 'fastify-plugin'

/** Headers, origins, cookies. An Origin of `null` (sandboxed frames, files) counts only when it is named. */
export const security = fp(
  async (app, { config }: { config: Config }) => {
    await app.register(helmet, {
      contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
      crossOriginResourcePolicy: { policy: 'same-site' },
    })
    await app.register(cors, {
      origin: [...config.api.corsOrigins],
      credentials: true,
      methods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'],
      exposedHeaders: ['x-request-id', 'retry-after', 'location', 'etag', 'idempotency-replayed'],
      maxAge: 600,
      // Its refusal of an incomplete preflight would be text of its own.
      strictPreflight: false,
    })
    await app.register(cookie)
  },
  { name: 'security' },
)
