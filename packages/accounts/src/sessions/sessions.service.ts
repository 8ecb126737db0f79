// Signing in, staying in, signing out. Signing of tokens is the API's; here is who may have one.
import { AppError, type PortalName, type Role, type SessionUser } from '@throughline/contracts'
import type { Log, PlatformDb } from '@throughline/db'
import { auditPlatform } from '../audit/index.ts'
import { passwordMatches } from '../passwords/index.ts'
import {
  findSpentToken,
  findTokenInGrace,
  hasSpareSuccessor,
  insertSession,
  insertSuccessor,
  lockToken,
  newRefreshToken,
  revokeSession,
  useToken,
} from './sessions.repo.ts'
import { describeUser, findUser, findUserByEmail, type UserRow } from './users.repo.ts'

export interface SessionContext {
  db: PlatformDb
  log: Log
  requestId: string | null
}

export interface SessionStart {
  email: string
  password: string
  portal: PortalName
  userAgent: string | null
  address: string | null
}

export interface SignedInSession {
  sessionId: string
  tenantId: string | null
  role: Role
  portal: PortalName
  refreshToken: string
  user: SessionUser
}

/** The role that a person has in a portal, or nothing when it is not for them. */
function roleIn(portal: PortalName, user: UserRow): Role | undefined {
  if (user.disabled) return undefined
  if (portal === 'dashboard') return (user.tenantActive && user.tenantRole) || undefined
  if (portal === 'dm') return user.platformRole ?? undefined
  return user.platformRole === 'super_admin' ? user.platformRole : undefined
}

const tenantIn = (portal: PortalName, user: UserRow): string | null => (portal === 'dashboard' ? user.tenantId : null)

async function describe(db: PlatformDb, userId: string, tenantId: string | null): Promise<SessionUser> {
  const user = await describeUser(db, userId, tenantId)
  if (!user) throw new AppError('session_expired')
  return user
}

/**
 * Checks e-mail and password and opens a session.
 * @throws AppError invalid_credentials (the same for an unknown e-mail), forbidden when the portal is not for them
 */
export async function signIn({ db, requestId }: SessionContext, input: SessionStart): Promise<SignedInSession> {
  const found = await findUserByEmail(db, input.email)
  const right = await passwordMatches(input.password, found?.passwordHash)
  if (!found || !right || found.disabled) throw new AppError('invalid_credentials')
  const { portal } = input
  const role = roleIn(portal, found)
  if (!role) throw new AppError('forbidden', { message: 'Your role does not allow you to use this portal.' })
  const tenantId = tenantIn(portal, found)
  const refreshToken = newRefreshToken()
  const { userAgent, address } = input
  const sessionId = await db.transaction(async () => {
    const id = await insertSession(db, { userId: found.id, tenantId, portal, userAgent, address }, refreshToken)
    const actor = { kind: tenantId ? 'user' : 'platform', id: found.id, role } as const
    auditPlatform({ db, actor, requestId }, { action: 'session.started', subject: 'session', subjectId: id })
    return id
  })
  return { sessionId, tenantId, role, portal, refreshToken, user: await describe(db, found.id, tenantId) }
}

/** What a reused token means: somebody has a copy, so nobody keeps the session. */
async function refuseReuse(
  { db, log, requestId }: SessionContext,
  token: string,
  onRevoked: (id: string) => Promise<void>,
) {
  const spent = await findSpentToken(db, token)
  if (!spent || spent.revoked) return
  await db.transaction(async () => {
    await revokeSession(db, spent.sessionId)
    const actor = { kind: 'system', id: spent.userId, role: null } as const
    auditPlatform(
      { db, actor, requestId },
      {
        action: 'session.revoked',
        subject: 'session',
        subjectId: spent.sessionId,
        after: { because: 'refresh token reused' },
      },
    )
  })
  log.warn(
    { sessionId: spent.sessionId, userId: spent.userId },
    'a refresh token was used twice: its session was ended',
  )
  await onRevoked(spent.sessionId)
}

/**
 * Exchanges a refresh token for the next one.
 * @param onRevoked told when the token turned out to be a copy and its session was ended
 * @throws AppError session_expired
 */
export async function refreshSession(
  context: SessionContext,
  token: string,
  onRevoked: (sessionId: string) => Promise<void>,
): Promise<SignedInSession> {
  const { db } = context
  const refreshToken = newRefreshToken()
  let inGrace = false
  const refreshed = await db.transaction(async () => {
    await lockToken(db, token)
    const fresh = await useToken(db, token)
    const again = fresh ? undefined : await findTokenInGrace(db, token)
    inGrace = again !== undefined
    if (again && !(await hasSpareSuccessor(db, again.id))) return undefined
    const used = fresh ?? again
    if (!used) return undefined
    const user = await findUser(db, used.userId, used.tenantId)
    const portal = used.portal as PortalName
    const role = user && roleIn(portal, user)
    if (!role) return undefined
    await insertSuccessor(db, used, refreshToken)
    return { used, role, portal }
  })
  if (!refreshed) {
    // Too many at once within the moment of grace are refused; only what comes later is a copy.
    if (!inGrace) await refuseReuse(context, token, onRevoked)
    throw new AppError('session_expired')
  }
  const { used, role, portal } = refreshed
  const user = await describe(db, used.userId, used.tenantId)
  return { sessionId: used.sessionId, tenantId: used.tenantId, role, portal, refreshToken, user }
}

/** Ends a session at once; ending it again changes nothing. */
export async function endSession({ db, requestId }: SessionContext, sessionId: string, userId: string): Promise<void> {
  await db.transaction(async () => {
    if (!(await revokeSession(db, sessionId))) return
    const actor = { kind: 'user', id: userId, role: null } as const
    auditPlatform({ db, actor, requestId }, { action: 'session.ended', subject: 'session', subjectId: sessionId })
  })
}
