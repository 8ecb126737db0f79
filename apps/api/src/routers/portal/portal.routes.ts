import { openPortalFile as fileBody, openPortal as openBody, portalView, wireDetails } from '@throughline/contracts'
import { openPortal, openPortalFile, showWire, type Visit } from '@throughline/funds'
import type { FastifyRequest } from 'fastify'
import type { Resources } from '../../resources.ts'
import { bytes, sendFile } from '../send-file.ts'
import { refusals, type TypedApp } from '../typed.ts'

const tags = ['portal']
/** Enough for everybody of an office behind one address, too few to try tokens. */
const perMinute = 60

/**
 * What investors see who follow the link of a mail: nobody is signed in, and the token finds firm and row. It comes in the
 * body, so that it is in no log. A link that is not good is answered the same whatever is wrong with it.
 */
export function registerPortalRoutes(app: TypedApp, { config, database, storage, encryption }: Resources): void {
  const visitOf = ({ id: requestId, ip: address, log }: FastifyRequest): Visit => ({
    database,
    log,
    requestId,
    address,
  })
  const linked = {
    because:
      'the token of a mailed link is the proof: 256 bits, expiring, revocable; what is written down is that it was used',
    idempotency: 'none' as const,
    limit: { name: 'portal', perMinute: Math.max(perMinute, config.rateLimits.loginPerMinute) },
  }
  app.post(
    '/open',
    {
      config: linked,
      schema: {
        tags,
        summary: 'What a link shows: notice, statements, what was paid',
        security: [],
        body: openBody,
        response: { 200: portalView, ...refusals },
      },
    },
    (request, reply) => {
      reply.header('cache-control', 'private, no-store')
      return openPortal(visitOf(request), request.body.token)
    },
  )
  app.post(
    '/wire',
    {
      config: linked,
      schema: {
        tags,
        summary: 'Where to pay to, in full; it is written down that somebody has asked',
        security: [],
        body: openBody,
        response: { 200: wireDetails, ...refusals },
      },
    },
    (request, reply) => {
      reply.header('cache-control', 'private, no-store')
      return showWire(visitOf(request), request.body.token, { encryption })
    },
  )
  app.post(
    '/file',
    {
      config: linked,
      schema: {
        tags,
        summary: 'The PDF of a document that the link shows',
        security: [],
        body: fileBody,
        response: { 200: bytes, ...refusals },
      },
    },
    async (request, reply) => {
      const { token, documentId } = request.body
      return sendFile(reply, storage, await openPortalFile(visitOf(request), token, documentId))
    },
  )
}
