// Access tokens: HS256, short, with the key's id, so that a secret can be changed with nobody signed out.
import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import jwt from '@fastify/jwt'
import type { SignedInSession } from '@throughline/accounts'
import type { Config } from '@throughline/config'
import { type AccessClaims, AppError, accessClaims, type PortalName, portals } from '@throughline/contracts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import type { Resources } from '../resources.ts'
import { VerifiedTokens } from './verified-tokens.ts'

/** Minutes that an access token lives; reviewers read long texts. */
const lifeMinutes: Record<PortalName, number> = { dashboard: 15, manage: 15, dm: 60 }
const refreshSeconds = 7 * 24 * 60 * 60

/** `__Host-`: the browser then takes the cookie from this host alone, over HTTPS, for every path. */
const cookieName = (portal: PortalName, kind: 'access' | 'refresh', secure: boolean): string =>
  `${secure ? '__Host-' : ''}tl_${portal}_${kind}`

const keyIdOf = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 8)

/** The portal that a request comes through: named by the portal's own server, which strips what a browser sends. */
export function portalOf(headers: IncomingMessage['headers']): PortalName {
  const named = headers['x-throughline-portal']
  return portals.find((portal) => portal === named) ?? 'dashboard'
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The names of a portal's cookies in this installation. */
    sessionCookies(portal: PortalName): { access: string; refresh: string }
    signAccessToken(session: SignedInSession): string
    /** @throws AppError unauthenticated or session_expired */
    verifyAccessToken(token: string): AccessClaims
    setSessionCookies(reply: FastifyReply, session: SignedInSession): void
    clearSessionCookies(reply: FastifyReply, portal: PortalName): void
  }
}

/** The secret that a token was signed with: the present one or the one before it. */
function secretFinder({ secret, previousSecret }: Config['tokens']) {
  const secrets = new Map(
    [secret, previousSecret].flatMap((known) => (known ? [[keyIdOf(known), known] as const] : [])),
  )
  return (keyId: unknown) => (typeof keyId === 'string' ? secrets.get(keyId) : undefined)
}

const accessSeconds = ({ portal, lifeSeconds }: Pick<SignedInSession, 'portal' | 'lifeSeconds'>): number =>
  lifeSeconds ?? lifeMinutes[portal] * 60

function addTokens(app: FastifyInstance, { config, revocations }: Resources): void {
  const { secret, cookieSecure } = config.tokens
  const findSecret = secretFinder(config.tokens)
  const cookieOptions = { httpOnly: true, sameSite: 'lax', secure: cookieSecure } as const

  app.decorate('sessionCookies', (portal: PortalName) => ({
    access: cookieName(portal, 'access', cookieSecure),
    refresh: cookieName(portal, 'refresh', cookieSecure),
  }))
  app.decorate('signAccessToken', ({ user, sessionId, tenantId, role, ...session }: SignedInSession) =>
    app.jwt.sign(
      {
        sub: user.id,
        sid: sessionId,
        role,
        type: 'access',
        ...(tenantId ? { tenantId } : {}),
        ...(user.mustEnrol ? { enrol: true } : {}),
        ...(session.impersonatorId ? { act: { sub: session.impersonatorId } } : {}),
      },
      { jti: randomUUID(), kid: keyIdOf(secret), expiresIn: accessSeconds(session) },
    ),
  )
  const read = (token: string): AccessClaims => {
    let claims: unknown
    try {
      const decoded: { header?: { kid?: unknown } } | null = app.jwt.decode(token, { complete: true })
      const key = findSecret(decoded?.header?.kid)
      if (!key) throw new Error('signed with a key that nobody knows')
      claims = app.jwt.verify(token, { key, algorithms: ['HS256'] })
    } catch (error) {
      throw new AppError('unauthenticated', { cause: error })
    }
    const parsed = accessClaims.safeParse(claims)
    if (!parsed.success) throw new AppError('unauthenticated', { cause: parsed.error })
    return parsed.data
  }
  const known = new VerifiedTokens(read)
  app.decorate('verifyAccessToken', (token: string): AccessClaims => {
    const claims = known.claimsOf(token)
    // Asked each time: a session may have ended since its token was verified.
    if (revocations.has(claims.sid)) throw new AppError('session_expired')
    return claims
  })
  app.decorate('setSessionCookies', (reply: FastifyReply, session: SignedInSession) => {
    const { access, refresh } = app.sessionCookies(session.portal)
    const options = { ...cookieOptions, path: '/' }
    reply.setCookie(access, app.signAccessToken(session), { ...options, maxAge: accessSeconds(session) })
    // Without one of its own, the session must not be renewed into the one that was here before.
    if (session.refreshToken === null) reply.clearCookie(refresh, options)
    else reply.setCookie(refresh, session.refreshToken, { ...options, maxAge: refreshSeconds })
  })
  app.decorate('clearSessionCookies', (reply: FastifyReply, portal: PortalName) => {
    for (const name of Object.values(app.sessionCookies(portal)))
      reply.clearCookie(name, { ...cookieOptions, path: '/' })
  })
}

export const tokens = fp(
  async (app, resources: Resources) => {
    await app.register(jwt, { secret: resources.config.tokens.secret, sign: { algorithm: 'HS256' } })
    addTokens(app, resources)
  },
  { name: 'tokens', dependencies: ['security'] },
)
