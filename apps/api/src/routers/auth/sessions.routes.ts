import {
  describeSession,
  endAllSessions,
  endOwnSession,
  endSession,
  listOwnSessions,
  switchFirm,
} from '@throughline/accounts'
import { idParam, sessionList, sessionUser, signedIn, switchFirm as switchFirmBody } from '@throughline/contracts'
import { portalOf } from '../../plugins/tokens.ts'
import type { Resources } from '../../resources.ts'
import { noBody, noContent, refusals, type TypedApp } from '../typed.ts'
import { answerSession, authContext, userAgentOf } from './context.ts'

const tags = ['auth']
const endingTwice = 'ending a session twice ends it once'

/** Who is signed in, where, and how to end that; for whoever is signed in, in any portal. */
export function registerSessionRoutes(app: TypedApp, resources: Resources): void {
  app.get(
    '/me',
    {
      config: { permission: 'session:own' },
      schema: { tags, summary: 'Who is signed in, and what they may do', response: { 200: sessionUser, ...refusals } },
    },
    (request) => {
      const { id: sessionId, userId, tenantId } = request.session
      return describeSession(authContext(request, resources), { userId, tenantId, sessionId })
    },
  )
  app.post(
    '/logout',
    {
      config: { permission: 'session:own', idempotency: 'none', because: endingTwice },
      schema: {
        tags,
        summary: 'End this session everywhere at once',
        body: noBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await endSession(authContext(request, resources), request.session.id, request.session)
      app.clearSessionCookies(reply, portalOf(request.headers))
      reply.code(204)
    },
  )
  app.post(
    '/logout-everywhere',
    {
      config: { permission: 'account:manage', idempotency: 'none', because: endingTwice },
      schema: {
        tags,
        summary: 'End every session of this person',
        body: noBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await endAllSessions(authContext(request, resources), request.session.userId)
      app.clearSessionCookies(reply, portalOf(request.headers))
      reply.code(204)
    },
  )
  app.get(
    '/sessions',
    {
      config: { permission: 'session:own' },
      schema: { tags, summary: 'Where one is signed in', response: { 200: sessionList, ...refusals } },
    },
    async (request) => {
      const { id: sessionId, userId } = request.session
      return { data: await listOwnSessions(authContext(request, resources), { userId, sessionId }) }
    },
  )
  app.delete(
    '/sessions/:sessionId',
    {
      config: { permission: 'account:manage' },
      schema: {
        tags,
        summary: 'End one of one’s own sessions',
        params: idParam('sessionId'),
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      await endOwnSession(authContext(request, resources), request.session.userId, request.params.sessionId)
      reply.code(204)
    },
  )
  app.post(
    '/switch-firm',
    {
      config: { permission: 'account:manage', idempotency: 'none', because: 'tokens must not be kept' },
      schema: {
        tags,
        summary: 'Go on in another firm that one works in',
        body: switchFirmBody,
        response: { 200: signedIn, ...refusals },
      },
    },
    async (request, reply) => {
      const { id: sessionId, userId } = request.session
      const input = { userId, sessionId, tenantId: request.body.tenantId, userAgent: userAgentOf(request) }
      const session = await switchFirm(authContext(request, resources), input)
      return answerSession(app, request, reply, session, { byCookie: !request.headers.authorization })
    },
  )
}
