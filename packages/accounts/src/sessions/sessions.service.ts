// Signing in, staying in, signing out. Signing of tokens is the API's; here is who may have one.
import { AppError, type PortalName, type Role, type SessionUser } from '@throughline/contracts'
import type { PlatformDb } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { accountMailJob } from '../account-mails/account-mails.jobs.ts'
import { hashPassword, needsRehash, passwordMatches } from '../passwords/index.ts'
import { hasConfirmedFactor, proveSecondFactor } from '../second-factor/index.ts'
import { newSecret } from '../secrets/index.ts'
import { type AuthContext, auditUser, jobOriginOf } from './auth-context.ts'
import { insertSession, revokeSession } from './sessions.repo.ts'
import { describeUser, findUser, findUserByEmail, holdUser, replaceHash, type UserRow } from './users.repo.ts'

export interface SessionStart {
  email: string
  password: string
  /** Of an authenticator, or a recovery code. */
  code?: string
  portal: PortalName
  userAgent: string | null
}

export interface SignedInSession {
  sessionId: string
  tenantId: string | null
  role: Role
  portal: PortalName
  /** None for a session that ends by itself and cannot be renewed. */
  refreshToken: string | null
  /** Seconds until such a session ends. */
  lifeSeconds?: number
  impersonatorId?: string
  user: SessionUser
}

/** The role that a person has in a portal, or nothing when it is not for them. */
export function roleIn(portal: PortalName, user: UserRow): Role | undefined {
  if (user.disabled) return undefined
  if (portal === 'dashboard') return (user.tenantOpen && user.tenantRole) || undefined
  if (portal === 'dm') return user.platformRole ?? undefined
  return user.platformRole === 'super_admin' ? user.platformRole : undefined
}

/** In words, for whoever has proved who they are. */
function whyNotIn(portal: PortalName, user: UserRow | undefined): string {
  if (portal === 'dashboard' && user?.tenantSuspended)
    return 'Your firm is suspended at the moment, so nobody can sign in to it. Its owner can write to Throughline.'
  if (portal === 'dashboard' && user?.tenantRole) return 'You were put out of your firm. Its administrators know more.'
  return 'Your role does not allow you to use this portal.'
}

const tenantIn = (portal: PortalName, user: UserRow): string | null => (portal === 'dashboard' ? user.tenantId : null)

export async function describeSession(
  { db }: Pick<AuthContext, 'db'>,
  session: { userId: string; tenantId: string | null; sessionId: string },
): Promise<SessionUser> {
  const user = await describeUser(db, session)
  if (!user) throw new AppError('session_expired')
  return user
}

/** @returns whether there is one. @throws AppError second_factor_required, second_factor_wrong */
async function checkSecondFactor(context: AuthContext, user: UserRow, { email, code }: SessionStart): Promise<boolean> {
  const { db, throttle, address } = context
  if (!(await hasConfirmedFactor(db, user.id))) return false
  if (code === undefined) {
    await throttle.uncount(email, address)
    throw new AppError('second_factor_required')
  }
  try {
    const kind = await proveSecondFactor(context, user.id, code)
    if (kind === 'recovery')
      await db.transaction(async () =>
        auditUser(context, user.id, { action: 'recovery_code.used', subject: 'user', subjectId: user.id }),
      )
  } catch (error) {
    await throttle.failed(email)
    throw error
  }
  return true
}

/** @throws AppError email_not_verified, after another link is on its way */
async function checkVerified(context: AuthContext, user: UserRow): Promise<void> {
  if (user.verified) return
  if (await context.throttle.mayMail('verify', user.email))
    await context.db.transaction(() =>
      enqueue(jobOriginOf(context, user.id), accountMailJob, { kind: 'verify_email', userId: user.id }),
    )
  throw new AppError('email_not_verified')
}

/**
 * Checks e-mail, password and second factor and opens a session.
 * @throws AppError invalid_credentials (the same for an unknown e-mail), rate_limited, second_factor_required,
 *   second_factor_wrong, email_not_verified, forbidden when the portal is not for them
 */
export async function signIn(context: AuthContext, input: SessionStart): Promise<SignedInSession> {
  const { db, throttle, address } = context
  const { email, password, portal } = input
  await throttle.admit(email, address)
  const found = await findUserByEmail(db, email)
  const right = await passwordMatches(password, found?.passwordHash)
  if (!found || !right || found.disabled) {
    await throttle.failed(email)
    throw new AppError('invalid_credentials')
  }
  const secondFactor = await checkSecondFactor(context, found, input)
  await throttle.succeeded(email, address)
  await checkVerified(context, found)
  if (needsRehash(found.passwordHash)) await replaceHash(db, found.id, found.passwordHash, await hashPassword(password))
  return openSession(context, {
    userId: found.id,
    tenantId: tenantIn(portal, found),
    portal,
    userAgent: input.userAgent,
    proof: { passwordChangedAt: found.passwordChangedAt, secondFactor },
  })
}

/** What somebody has shown to get in. */
interface Proof {
  passwordChangedAt: Date
  secondFactor: boolean
}

export interface NewSessionInput {
  userId: string
  tenantId: string | null
  portal: PortalName
  userAgent: string | null
  /** It may have been overtaken since: by a reset, or by a second factor that was turned on. */
  proof?: Proof
  /** The session that this one takes the place of, and whose end is its end. */
  replaces?: string
}

/** Asked while the user is held. @throws AppError invalid_credentials, second_factor_required, session_expired */
async function checkStillProved(db: PlatformDb, user: UserRow, { proof, replaces }: NewSessionInput): Promise<void> {
  if (proof && proof.passwordChangedAt.getTime() !== user.passwordChangedAt.getTime())
    throw new AppError('invalid_credentials')
  if (proof && !proof.secondFactor && (await hasConfirmedFactor(db, user.id)))
    throw new AppError('second_factor_required')
  if (replaces && !(await revokeSession(db, replaces))) throw new AppError('session_expired')
}

/**
 * Opens a session for whoever has proved who they are.
 * @throws AppError forbidden when the portal is not for them; what `checkStillProved` throws
 */
export async function openSession(context: AuthContext, input: NewSessionInput): Promise<SignedInSession> {
  const { db, address } = context
  const { userId, tenantId, portal, userAgent, replaces } = input
  const refreshToken = newSecret()
  const opened = await db.transaction(async () => {
    await holdUser(db, userId, tenantId)
    const user = await findUser(db, userId, tenantId)
    const role = user && roleIn(portal, user)
    if (!role) throw new AppError('forbidden', { message: whyNotIn(portal, user) })
    await checkStillProved(db, user, input)
    const sessionId = await insertSession(db, { userId, tenantId, portal, userAgent, address }, refreshToken)
    auditUser(
      context,
      userId,
      { action: 'session.started', subject: 'session', subjectId: sessionId, after: { portal } },
      { role, tenantId },
    )
    if (replaces) db.afterCommit(() => context.sessionsEnded([replaces]))
    return { sessionId, role }
  })
  const user = await describeSession(context, { userId, tenantId, sessionId: opened.sessionId })
  return { ...opened, tenantId, portal, refreshToken, user }
}

/**
 * Goes on in another firm of the same person, in a session of its own.
 * @throws AppError not_found when they do not work there
 */
export async function switchFirm(
  context: AuthContext,
  input: { userId: string; sessionId: string; tenantId: string; userAgent: string | null },
): Promise<SignedInSession> {
  const { userId, sessionId, tenantId, userAgent } = input
  const user = await findUser(context.db, userId, tenantId)
  if (!user || !roleIn('dashboard', user)) throw new AppError('not_found')
  return openSession(context, { userId, tenantId, portal: 'dashboard', userAgent, replaces: sessionId })
}
