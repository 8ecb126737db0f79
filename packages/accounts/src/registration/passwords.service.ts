// Forgotten, reset and changed passwords.
import { AppError, type ChangePassword } from '@throughline/contracts'
import { enqueue } from '@throughline/jobs'
import { accountMailJob } from '../account-mails/account-mails.jobs.ts'
import { takeLink, voidLinks } from '../links/index.ts'
import { checkPassword, hashPassword, passwordMatches } from '../passwords/index.ts'
import {
  type AuthContext,
  auditUser,
  endSessionsOf,
  findUser,
  findUserByEmail,
  jobOriginOf,
  storePasswordHash,
  type UserRow,
} from '../sessions/index.ts'
import { markVerified } from './registration.repo.ts'

/** Sends a link when the address has an account. Does the same work when it has none. */
export async function forgotPassword(context: AuthContext, email: string): Promise<void> {
  const { db, throttle } = context
  const found = await findUserByEmail(db, email)
  if (!(await throttle.mayMail('reset', email))) return
  const userId = found && !found.disabled ? found.id : null
  await db.transaction(() => enqueue(jobOriginOf(context, null), accountMailJob, { kind: 'password_reset', userId }))
}

/** Stores a new password, in the open transaction, and tells its owner. Links to choose another one are void. */
async function replacePassword(context: AuthContext, user: UserRow, hash: string, action: string): Promise<void> {
  await storePasswordHash(context.db, user.id, hash)
  await voidLinks(context.db, 'PASSWORD_RESET', user.id)
  auditUser(context, user.id, { action, subject: 'user', subjectId: user.id })
  await enqueue(jobOriginOf(context, user.id), accountMailJob, { kind: 'password_changed', userId: user.id })
}

/**
 * Follows the link of the mail: a new password, signed out everywhere. The address is proved with it.
 * @throws AppError link_used_or_expired; password_refused, which leaves the link good
 */
export async function resetPassword(context: AuthContext, input: { token: string; password: string }): Promise<void> {
  const { db } = context
  const hash = await hashPassword(input.password)
  await db.transaction(async () => {
    const link = await takeLink(db, 'PASSWORD_RESET', input.token)
    const user = link?.userId ? await findUser(db, link.userId, null) : undefined
    if (!user || user.disabled) throw new AppError('link_used_or_expired')
    checkPassword(input.password, user)
    await replacePassword(context, user, hash, 'password.reset')
    await markVerified(db, user.id)
    await endSessionsOf(context, user.id, null)
  })
}

/**
 * Asks for the password once more, for what somebody else at an open screen must not do.
 * @param further what else has to be shown; a wrong one counts like a wrong password, so that neither helps to guess
 * @throws AppError rate_limited, invalid_credentials, and what `further` throws
 */
export async function provePassword(
  context: AuthContext,
  userId: string,
  password: string,
  further?: () => Promise<unknown>,
): Promise<UserRow> {
  const { db, throttle, address } = context
  const user = await findUser(db, userId, null)
  if (!user) throw new AppError('session_expired')
  await throttle.admit(user.email, address)
  try {
    if (!(await passwordMatches(password, user.passwordHash)))
      throw new AppError('invalid_credentials', { message: 'The password is not right.' })
    await further?.()
  } catch (error) {
    await throttle.failed(user.email)
    throw error
  }
  await throttle.succeeded(user.email, address)
  return user
}

/** @throws AppError invalid_credentials, password_refused */
export async function changePassword(
  context: AuthContext,
  session: { userId: string; sessionId: string },
  { currentPassword, newPassword, endOtherSessions }: ChangePassword,
): Promise<void> {
  const user = await provePassword(context, session.userId, currentPassword)
  checkPassword(newPassword, user)
  const hash = await hashPassword(newPassword)
  await context.db.transaction(async () => {
    await replacePassword(context, user, hash, 'password.changed')
    if (endOtherSessions) await endSessionsOf(context, user.id, session.sessionId)
  })
}
