// A new firm with its first person, and the proof that an address is theirs.
import { AppError, type Register } from '@throughline/contracts'
import { enqueue } from '@throughline/jobs'
import { accountMailJob } from '../account-mails/account-mails.jobs.ts'
import { audit } from '../audit/index.ts'
import { takeLink } from '../links/index.ts'
import { checkPassword, hashPassword } from '../passwords/index.ts'
import { type AuthContext, auditUser, findUserByEmail, jobOriginOf } from '../sessions/index.ts'
import { insertMember, insertTenant, insertUser, markVerified } from './registration.repo.ts'

/**
 * Registers a firm and its owner. The answer is the same, and takes as long, when the address has an account: its
 * owner gets a mail that says so.
 * @throws AppError password_refused
 */
export async function registerFirm(context: AuthContext, input: Register): Promise<void> {
  const { db, requestId, address, throttle } = context
  checkPassword(input.password, input)
  const passwordHash = await hashPassword(input.password)
  const mayMail = await throttle.mayMail('register', input.email)
  await db.transaction(async () => {
    const userId = await insertUser(db, { ...input, passwordHash, verified: false })
    if (!userId) {
      const known = await findUserByEmail(db, input.email)
      if (known && mayMail)
        await enqueue(jobOriginOf(context, null), accountMailJob, { kind: 'already_registered', userId: known.id })
      return
    }
    const tenantId = await insertTenant(db, input.tenantName)
    await insertMember(db, { tenantId, userId, email: input.email, name: input.name, role: 'owner' })
    const actor = { kind: 'user', id: userId, role: 'owner' } as const
    audit(
      { db, tenantId, actor, requestId, address },
      { action: 'tenant.registered', subject: 'tenant', subjectId: tenantId, after: { name: input.tenantName } },
    )
    await enqueue(jobOriginOf(context, userId), accountMailJob, { kind: 'verify_email', userId })
  })
}

/** Follows the link of the mail. @throws AppError link_used_or_expired */
export const verifyEmail = (context: AuthContext, token: string): Promise<void> =>
  context.db.transaction(async () => {
    const link = await takeLink(context.db, 'EMAIL_VERIFICATION', token)
    if (!link?.userId) throw new AppError('link_used_or_expired')
    await markVerified(context.db, link.userId)
    auditUser(context, link.userId, { action: 'email.verified', subject: 'user', subjectId: link.userId })
  })
