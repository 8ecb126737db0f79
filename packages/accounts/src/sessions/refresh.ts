// A refresh token is good once. Who brings one again has a copy, unless it was the answer that got lost.
import { AppError, type PortalName } from '@throughline/contracts'
import { platformScope } from '@throughline/db'
import { audit } from '../audit/index.ts'
import { newSecret } from '../secrets/index.ts'
import type { AuthContext } from './auth-context.ts'
import {
  findSpentToken,
  findTokenInGrace,
  hasSpareSuccessor,
  insertSuccessor,
  lockToken,
  revokeSession,
  useToken,
} from './sessions.repo.ts'
import { describeSession, roleIn, type SignedInSession } from './sessions.service.ts'
import { findUser } from './users.repo.ts'

/** What a reused token means: somebody has a copy, so nobody keeps the session. */
async function refuseReuse({ db, log, requestId, address, sessionsEnded }: AuthContext, token: string) {
  const spent = await findSpentToken(db, token)
  if (!spent || spent.revoked) return
  const { sessionId, userId, tenantId } = spent
  await db.transaction(async () => {
    await revokeSession(db, sessionId)
    const actor = { kind: 'system', id: userId, role: null } as const
    audit(
      { db, tenantId: tenantId ?? platformScope, requestId, address, actor },
      {
        action: 'session.revoked',
        subject: 'session',
        subjectId: sessionId,
        after: { because: 'refresh token reused' },
      },
    )
  })
  log.warn({ sessionId, userId }, 'a refresh token was used twice: its session was ended')
  await sessionsEnded([sessionId])
}

/**
 * Exchanges a refresh token for the next one. A copy ends its session.
 * @throws AppError session_expired
 */
export async function refreshSession(context: AuthContext, token: string): Promise<SignedInSession> {
  const { db } = context
  const refreshToken = newSecret()
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
    if (!inGrace) await refuseReuse(context, token)
    throw new AppError('session_expired')
  }
  const { used, role, portal } = refreshed
  const { sessionId, tenantId } = used
  const user = await describeSession(context, { userId: used.userId, tenantId, sessionId })
  return { sessionId, tenantId, role, portal, refreshToken, user }
}
