// The whole API, read from top to bottom: what a request goes through, in this order.
import multipart from '@fastify/multipart'
import { AppError } from '@throughline/contracts'
import { fundsThere } from '@throughline/funds'
import { createSocketServer } from '@throughline/realtime'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { accessLog } from './plugins/access-log.ts'
import { refuseConnection } from './plugins/connection.ts'
import { errors, refuse } from './plugins/errors.ts'
import { guards } from './plugins/guards.ts'
import { health } from './plugins/health.ts'
import { idempotency } from './plugins/idempotency.ts'
import { input } from './plugins/input.ts'
import { limits } from './plugins/limits.ts'
import { metrics } from './plugins/metrics.ts'
import { docs, openapi } from './plugins/openapi.ts'
import { privacy } from './plugins/privacy.ts'
import { requestId, requestIdOf } from './plugins/request-id.ts'
import { routeCheck } from './plugins/route-rules.ts'
import { security } from './plugins/security.ts'
import { portalOf, tokens } from './plugins/tokens.ts'
import { canonicalUrl } from './plugins/urls.ts'
import type { Resources } from './resources.ts'
import { registerRouters } from './routers/index.ts'

/** JSON bodies; uploads have their own limit. */
const bodyLimitBytes = 1024 * 1024
const requestTimeoutMs = 120_000

/** Builds the API on the given resources. It does not listen yet. @throws when a route is not fit to be served */
export async function buildApp(resources: Resources): Promise<FastifyInstance> {
  const { config, log } = resources
  const loggerInstance: FastifyBaseLogger = log
  const app: FastifyInstance = Fastify({
    loggerInstance,
    genReqId: requestIdOf,
    rewriteUrl: ({ url }) => canonicalUrl(url ?? '/'),
    trustProxy: [...config.api.trustProxy],
    bodyLimit: bodyLimitBytes,
    requestTimeout: requestTimeoutMs,
    return503OnClosing: true,
    // It would write two lines; plugins/access-log.ts writes one that says the same.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: refuse,
    clientErrorHandler: refuseConnection,
  })
  app.removeContentTypeParser('text/plain')
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)

  await app.register(requestId)
  await app.register(accessLog, resources)
  await app.register(routeCheck)
  await app.register(security, { config })
  await app.register(limits, resources)
  await app.register(errors)
  await app.register(multipart, { limits: { files: 1, fields: 10, fileSize: config.uploads.maxBytes } })
  await app.register(tokens, resources)
  await app.register(guards, resources)
  await app.register(privacy)
  await app.register(idempotency, resources)
  await app.register(input)
  await app.register(openapi)
  await app.register(docs)
  await app.register(metrics, resources)
  await app.register(health, resources)
  await registerRouters(app, resources)

  await openSockets(app, resources)
  return app
}

/** The socket server shares the HTTP server and asks the same question: whose token is this? */
async function openSockets(app: FastifyInstance, { config, database, log, revocations }: Resources): Promise<void> {
  const refused = new app.metrics.client.Counter({
    name: 'throughline_socket_refused_total',
    help: 'What the socket server has turned away',
    labelNames: ['reason'],
  })
  const sockets = await createSocketServer({
    httpServer: app.server,
    config,
    database,
    log,
    fundsThere: (tenantId, fundIds) => fundsThere(database.tenant(tenantId), fundIds),
    async authenticate(request, token) {
      const cookies = app.parseCookie(request.headers.cookie ?? '')
      const found = token ?? cookies[app.sessionCookies(portalOf(request.headers)).access]
      if (!found) throw new AppError('unauthenticated')
      const claims = app.verifyAccessToken(found)
      if (claims.enrol) throw new AppError('second_factor_enrolment_required')
      return claims
    },
    whenSessionEnds: (listener) => revocations.whenEnded(listener),
    onRefused: (reason) => refused.inc({ reason }),
  })
  app.addHook('preClose', () => sockets.close())
}
