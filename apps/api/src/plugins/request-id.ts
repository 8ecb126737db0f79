import { randomUUIDv7 } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import fp from 'fastify-plugin'

const wellFormed = /^[A-Za-z0-9._-]{8,128}$/

/** The caller's id when it is well formed, else a new one: it ends up in logs, jobs and audit rows. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && wellFormed.test(given) ? given : randomUUIDv7()
}

/** Tells the caller which id to ask about. */
export const requestId = fp(
  async (app) => {
    app.addHook('onRequest', (request, reply, done) => {
      reply.header('x-request-id', request.id)
      done()
    })
  },
  { name: 'request-id' },
)
