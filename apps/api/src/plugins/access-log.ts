import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'

/** One line a request, when it is answered: who asked what, how it ended, and how long it took. */
export const accessLog = fp(
  async (app, { log }: Pick<Resources, 'log'>) => {
    // Nothing is looked for that would have to be hidden: no header and no body is in the line.
    const lines = log.child({}, { redact: [] })
    app.addHook('onResponse', (request, reply, done) => {
      const { id: reqId, method, url, ip: remoteAddress } = request
      const res = { statusCode: reply.statusCode }
      lines.info({ reqId, req: { method, url, remoteAddress }, res, responseTime: reply.elapsedTime }, 'request')
      done()
    })
  },
  { name: 'access-log' },
)
