import { timingSafeEqual } from 'node:crypto'
import { AppError } from '@throughline/contracts'
import type { FastifyInstance } from 'fastify'
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

/** Seconds by route, method and group of status codes. */
function measureRoutes(app: FastifyInstance): void {
  const histogram = new app.metrics.client.Histogram({
    name: 'http_request_duration_seconds',
    help: 'request duration in seconds',
    labelNames: ['method', 'route', 'status_code'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 3, 5, 10],
  })
  const known = new Map<string, { observe(seconds: number): void }>()
  const seriesOf = (method: string, route: string, group: string) => {
    const name = `${method} ${route} ${group}`
    const series = known.get(name) ?? histogram.labels(method, route, group)
    known.set(name, series)
    return series
  }
  app.addHook('onResponse', ({ method, routeOptions }, { statusCode, elapsedTime }, done) => {
    const route = routeOptions.url ?? '__unknown__'
    seriesOf(method, route, `${Math.floor(statusCode / 100)}xx`).observe(elapsedTime / 1000)
    done()
  })
}

/** Prometheus at /metrics, by route and never by tenant: labels must stay few. */
export const metrics = fp(
  async (app, { config, database }: Pick<Resources, 'config' | 'database'>) => {
    await app.register(metricsPlugin.default, {
      endpoint: null,
      clearRegisterOnInit: true,
      // Ours below does the same with the labels of a route put together once.
      routeMetrics: { enabled: false },
    })
    const { register } = app.metrics.client
    measureRoutes(app)
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
