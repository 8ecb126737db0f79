import { enterImpersonation, refreshSession, signIn } from '@throughline/accounts'
import { AppError, login, refresh, signedIn, startImpersonation } from '@throughline/contracts'
import { checkOrigin } from '../../plugins/guards.ts'
import { portalOf } from '../../plugins/tokens.ts'
import type { Resources } from '../../resources.ts'
import { refusals, type TypedApp } from '../typed.ts'
import { answerSession, authContext, userAgentOf } from './context.ts'

const tags = ['auth']
const notReplayed = 'tokens must not be kept, and each of these calls is safe to repeat'

/** Signing in and staying in: for whoever has no valid access token. */
export function registerAuthRoutes(app: TypedApp, resources: Resources): void {
  const { rateLimits, api } = resources.config
  const publicRoute = (because: string, name: string, perMinute: number) => ({
    because: `${because}; ${notReplayed}`,
    idempotency: 'none' as const,
    limit: { name, perMinute },
  })

  app.post(
    '/login',
    {
      config: publicRoute('nobody is signed in yet', 'login', rateLimits.loginPerMinute),
      schema: {
        tags,
        summary: 'Sign in with e-mail, password and, where there is one, a second factor',
        security: [],
        body: login,
        response: { 200: signedIn, ...refusals },
      },
    },
    async (request, reply) => {
      checkOrigin(request, api.corsOrigins)
      const portal = portalOf(request.headers)
      const start = { ...request.body, portal, userAgent: userAgentOf(request) }
      const session = await signIn(authContext(request, resources), start)
      return answerSession(app, request, reply, session, { byCookie: false })
    },
  )

  app.post(
    '/refresh',
    {
      config: publicRoute('the access token has ended', 'refresh', rateLimits.refreshPerMinute),
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
      const given = request.body?.refreshToken
      if (!given) checkOrigin(request, api.corsOrigins)
      const token = given ?? request.cookies[app.sessionCookies(portal).refresh]
      if (!token) throw new AppError('unauthenticated')
      try {
        const session = await refreshSession(authContext(request, resources), token)
        return answerSession(app, request, reply, session, { byCookie: !given })
      } catch (error) {
        if (error instanceof AppError && error.status === 401) app.clearSessionCookies(reply, portal)
        throw error
      }
    },
  )

  app.post(
    '/impersonate',
    {
      config: publicRoute('the link is the proof', 'impersonate', rateLimits.loginPerMinute),
      schema: {
        tags,
        summary: 'Follow the link of an impersonation',
        security: [],
        body: startImpersonation,
        response: { 200: signedIn, ...refusals },
      },
    },
    async (request, reply) => {
      checkOrigin(request, api.corsOrigins)
      const session = await enterImpersonation(authContext(request, resources), request.body.token)
      return answerSession(app, request, reply, session, { byCookie: false })
    },
  )
}
