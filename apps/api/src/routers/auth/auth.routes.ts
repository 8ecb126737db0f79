import { describeUser, endSession, refreshSession, type SignedInSession, signIn } from '@throughline/accounts'
import { AppError, login, refresh, type SignedIn, sessionUser, signedIn } from '@throughline/contracts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { portalOf, refreshCookie } from '../../plugins/tokens.ts'
import type { Resources } from '../../resources.ts'
import { noBody, noContent, refusals, type TypedApp } from '../typed.ts'

const tags = ['auth']
const notReplayed = 'tokens must not be kept, and each of these calls is safe to repeat'

/** Browsers get cookies; clients that say `X-Client: api` get the tokens in the answer. */
const wantsTokens = (request: FastifyRequest): boolean => request.headers['x-client'] === 'api'

function answer(app: TypedApp, request: FastifyRequest, reply: FastifyReply, session: SignedInSession): SignedIn {
  if (wantsTokens(request))
    return { user: session.user, accessToken: app.signAccessToken(session), refreshToken: session.refreshToken }
  app.setSessionCookies(reply, session)
  return { user: session.user }
}

/** Signing in and staying in: for whoever has no valid access token. */
export function registerAuthRoutes(app: TypedApp, { config, database, log, revocations }: Resources): void {
  const contextOf = (request: FastifyRequest) => ({ db: database.platform, log, requestId: request.id })
  const publicRoute = (because: string, max: number) => ({
    because: `${because}; ${notReplayed}`,
    idempotency: 'none' as const,
    rateLimit: { max, timeWindow: 60_000 },
  })

  app.post(
    '/login',
    {
      config: publicRoute('nobody is signed in yet', config.rateLimits.loginPerMinute),
      schema: {
        tags,
        summary: 'Sign in with e-mail and password',
        security: [],
        body: login,
        response: { 200: signedIn, ...refusals },
      },
    },
    async (request, reply) => {
      const session = await signIn(contextOf(request), {
        ...request.body,
        portal: portalOf(request.headers),
        userAgent: request.headers['user-agent']?.slice(0, 300) ?? null,
        address: request.ip,
      })
      return answer(app, request, reply, session)
    },
  )

  app.post(
    '/refresh',
    {
      config: publicRoute('the access token has ended', config.rateLimits.loginPerMinute * 3),
      schema: {
        tags,
        summary: 'Exchange the refresh token for the next one',
        security: [],
        body: refresh.nullish(),
        response: { 200: signedIn, ...refusals },
      },
    },
    async (request, reply) => {
      const portal = portalOf(request.headers)
      const token = request.body?.refreshToken ?? request.cookies[refreshCookie(portal)]
      if (!token) throw new AppError('unauthenticated')
      try {
        const session = await refreshSession(contextOf(request), token, (id) => revocations.publish(id))
        return answer(app, request, reply, session)
      } catch (error) {
        if (error instanceof AppError && error.status === 401) app.clearSessionCookies(reply, portal)
        throw error
      }
    },
  )
}

/** For whoever is signed in, in any portal. */
export function registerSessionRoutes(app: TypedApp, { database, log, revocations }: Resources): void {
  app.get(
    '/me',
    {
      config: { permission: 'session:own' },
      schema: { tags, summary: 'Who is signed in, and what they may do', response: { 200: sessionUser, ...refusals } },
    },
    async ({ session }) => {
      const user = await describeUser(database.platform, session.userId, session.tenantId)
      if (!user) throw new AppError('session_expired')
      return user
    },
  )

  app.post(
    '/logout',
    {
      config: { permission: 'session:own', idempotency: 'none', because: 'ending a session twice ends it once' },
      schema: {
        tags,
        summary: 'End this session everywhere at once',
        body: noBody,
        response: { 204: noContent, ...refusals },
      },
    },
    async (request, reply) => {
      const { id, userId } = request.session
      await endSession({ db: database.platform, log, requestId: request.id }, id, userId)
      await revocations.publish(id)
      app.clearSessionCookies(reply, portalOf(request.headers))
      reply.code(204)
    },
  )
}
