import { timingSafeEqual } from 'node:crypto'
import { AppError } from '@throughline/contracts'
import metricsPlugin from 'fastify-metrics'
import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'

const isLoopback = (address: string): boolean => address === '::1' || address.replace('::ffff:', '').startsWith('127.')

function tokenMatches(header: string | undefined, token: string | undefined): boolean {
  if (!header || !token) return false
  const given = Buffer.from(header)
  const expected = Buffer.from(`Bearer ${token}`)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

/** Prometheus at /metrics, by route and never by tenant: labels must stay few. */
export const metrics = fp(
  async (app, { config, database }: Pick<Resources, 'config' | 'database'>) => {
    await app.register(metricsPlugin.default, {
      endpoint: null,
      clearRegisterOnInit: true,
      routeMetrics: { enabled: { histogram: true, summary: false }, groupStatusCodes: true },
    })
    const { register } = app.metrics.client
    app.get(
      '/metrics',
      {
        config: { guard: 'public', because: 'this machine, or a token', servedByLibrary: true, unlimited: true },
        schema: { hide: true },
      },
      async ({ socket, headers }, reply) => {
        const direct = headers['x-forwarded-for'] === undefined && isLoopback(socket.remoteAddress ?? '')
        if (!direct && !tokenMatches(headers.authorization, config.api.metricsToken)) throw new AppError('not_found')
        return reply.type(register.contentType).send(await register.metrics())
      },
    )
    const gauge = new app.metrics.client.Gauge({
      name: 'database_pool_waiting',
      help: 'Callers that wait for a database connection',
      labelNames: ['pool'],
      collect() {
        for (const [pool, { waiting }] of Object.entries(database.poolStatistics())) gauge.set({ pool }, waiting)
      },
    })
  },
  { name: 'metrics' },
)
