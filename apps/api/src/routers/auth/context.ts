import type { AuthContext, SignedInSession } from '@throughline/accounts'
import type { SignedIn } from '@throughline/contracts'
import { newTraceparent, parseTraceparent } from '@throughline/telemetry'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Resources } from '../../resources.ts'
import type { TypedApp } from '../typed.ts'

/** What the services of sign-in and of one's own account are told about a request. */
export const authContext = (request: FastifyRequest, resources: Resources): AuthContext => ({
  db: resources.database.platform,
  log: request.log,
  requestId: request.id,
  traceparent: parseTraceparent(request.headers.traceparent) ?? newTraceparent(),
  address: request.ip,
  throttle: resources.throttle,
  encryption: resources.encryption,
  now: () => new Date(),
  sessionsEnded: (ids) => resources.revocations.publish(ids),
})

export const userAgentOf = (request: FastifyRequest): string | null =>
  request.headers['user-agent']?.slice(0, 300) ?? null

/**
 * Browsers get cookies; clients that say `X-Client: api` get the tokens in the answer. Whoever came by cookie goes on by
 * cookie: otherwise a script in a page could have the tokens told that it cannot read.
 */
export function answerSession(
  app: TypedApp,
  request: FastifyRequest,
  reply: FastifyReply,
  session: SignedInSession,
  { byCookie }: { byCookie: boolean },
): SignedIn {
  if (!byCookie && request.headers['x-client'] === 'api')
    return {
      user: session.user,
      accessToken: app.signAccessToken(session),
      refreshToken: session.refreshToken ?? undefined,
    }
  app.setSessionCookies(reply, session)
  return { user: session.user }
}
