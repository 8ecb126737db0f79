import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import type { Config } from '@throughline/config'
import Fastify from 'fastify'
import fp from 'fastify-plugin'

/** What helmet sets on every answer. It is the same each time, so helmet is asked once and not at each request. */
async function helmetHeaders(): Promise<Record<string, string>> {
  const bare = Fastify()
  bare.get('/', async () => '')
  const { headers: usual } = await bare.inject('/')
  const asked = Fastify()
  await asked.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    crossOriginResourcePolicy: { policy: 'same-site' },
  })
  asked.get('/', async () => '')
  const { headers } = await asked.inject('/')
  await Promise.all([bare.close(), asked.close()])
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (name in usual ? [] : [[name, String(value)]])),
  )
}

/** Headers, origins, cookies. An Origin of `null` (sandboxed frames, files) counts only when it is named. */
export const security = fp(
  async (app, { config }: { config: Config }) => {
    const headers = await helmetHeaders()
    app.addHook('onRequest', (_request, reply, done) => {
      reply.headers(headers)
      done()
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
