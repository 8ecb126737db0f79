// A superadmin acts as a member, for half an hour and for a reason. Both are named in every row that they write.
import { AppError, type Impersonate, type ImpersonationStarted } from '@throughline/contracts'
import type { PlatformCtx } from '@throughline/db'
import { audit, auditPlatform } from '../audit/index.ts'
import { issueLink, takeLink } from '../links/index.ts'
import type { AuthContext } from './auth-context.ts'
import { insertImpersonation, readImpersonation } from './sessions.repo.ts'
import { describeSession, roleIn, type SignedInSession } from './sessions.service.ts'
import { findUser } from './users.repo.ts'

const impersonationMinutes = 30

/**
 * Opens a session as somebody else and gives the link that leads into it: the two portals have different origins, so
 * no cookie could be handed over.
 * @throws AppError not_found when this person does not work in this firm
 */
export async function impersonate(
  platform: PlatformCtx,
  { tenantId, userId, reason }: Impersonate,
  dashboardUrl: string,
): Promise<ImpersonationStarted> {
  const { db, actor, requestId, address } = platform
  if (!actor.id) throw new Error('an impersonation is done by a person')
  const impersonatorId = actor.id
  return db.transaction(async () => {
    const user = await findUser(db, userId, tenantId)
    if (!user || !roleIn('dashboard', user)) throw new AppError('not_found')
    const { id, endsAt } = await insertImpersonation(db, {
      userId,
      tenantId,
      portal: 'dashboard',
      userAgent: null,
      address,
      impersonatorId,
      reason,
      minutes: impersonationMinutes,
    })
    const entry = {
      action: 'impersonation.started',
      subject: 'user',
      subjectId: userId,
      after: { reason, tenantId, endsAt },
    }
    // Both the platform and the firm can see it.
    auditPlatform({ db, actor, requestId, address }, entry)
    audit({ db, tenantId, actor, requestId, address }, entry)
    const token = await issueLink(db, 'IMPERSONATION', { sessionId: id, tenantId })
    return { url: `${new URL('/impersonate', dashboardUrl).href}#token=${token}`, endsAt: endsAt.toISOString() }
  })
}

/** Follows the link, and leaves a row of where from. @throws AppError link_used_or_expired */
export async function enterImpersonation(context: AuthContext, token: string): Promise<SignedInSession> {
  const { db, requestId, address } = context
  const { role, ...session } = await db.transaction(async () => {
    const link = await takeLink(db, 'IMPERSONATION', token)
    const row = link?.sessionId ? await readImpersonation(db, link.sessionId) : undefined
    const found = row && (await findUser(db, row.userId, row.tenantId))
    const role = found && roleIn('dashboard', found)
    if (!row || !role) throw new AppError('link_used_or_expired')
    const { id: sessionId, userId, tenantId, impersonatorId } = row
    auditPlatform(
      { db, requestId, address, actor: { kind: 'platform', id: impersonatorId, role: 'super_admin' } },
      { action: 'impersonation.entered', subject: 'user', subjectId: userId, after: { tenantId, sessionId } },
    )
    return { ...row, role }
  })
  const { id: sessionId, userId, tenantId, impersonatorId, endsAt } = session
  const user = await describeSession(context, { userId, tenantId, sessionId })
  const lifeSeconds = Math.max(1, Math.floor((endsAt.getTime() - context.now().getTime()) / 1000))
  return { sessionId, tenantId, role, portal: 'dashboard', refreshToken: null, lifeSeconds, impersonatorId, user }
}
