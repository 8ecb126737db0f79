// The invited person's side: nobody is signed in, the link is all there is.
import { type AcceptInvitation, AppError, type InvitationPreview } from '@throughline/contracts'
import { emit } from '@throughline/realtime'
import { audit } from '../audit/index.ts'
import { readLink, takeLink } from '../links/index.ts'
import { checkPassword, hashPassword, passwordMatches } from '../passwords/index.ts'
import { insertMember, insertUser, markVerified } from '../registration/index.ts'
import { type AuthContext, findUserByEmail } from '../sessions/index.ts'
import { type InvitedTo, markAccepted, readOffer } from './invitations.repo.ts'

const gone = () => new AppError('link_used_or_expired')

/** Shows what the link offers, without using it up. @throws AppError link_used_or_expired */
export async function previewInvitation({ db }: AuthContext, token: string): Promise<InvitationPreview> {
  const link = await readLink(db, 'INVITATION', token)
  const offer = link?.tenantId && link.invitationId ? await readOffer(db, link.tenantId, link.invitationId) : undefined
  if (!offer) throw gone()
  const { tenantName, email, role, hasAccount } = offer
  return { tenantName, email, role, hasAccount }
}

/** Somebody who has an account proves it with its password. @throws AppError invalid_credentials, rate_limited */
async function existingUser(context: AuthContext, { email }: InvitedTo, password: string) {
  const { db, throttle, address } = context
  await throttle.admit(email, address)
  const user = await findUserByEmail(db, email)
  if (!user || user.disabled || !(await passwordMatches(password, user.passwordHash))) {
    await throttle.failed(email)
    throw new AppError('invalid_credentials', { message: 'Enter the password of your account.' })
  }
  await throttle.succeeded(email, address)
  return { id: user.id, name: user.name }
}

/** The link has proved the address. @throws AppError validation_failed without a name, password_refused */
async function newUser(context: AuthContext, { email }: InvitedTo, { name, password }: AcceptInvitation) {
  if (!name)
    throw new AppError('validation_failed', { details: { issues: [{ path: 'body.name', message: 'is needed' }] } })
  checkPassword(password, { email, name })
  const passwordHash = await hashPassword(password)
  const id = await insertUser(context.db, { email, name, passwordHash, verified: true })
  // Registered in the meantime, by whoever reads the same mailbox.
  if (!id) throw new AppError('conflict', { message: 'This address has an account now. Enter its password.' })
  return { id, name }
}

/**
 * Makes the invited person a member. A wrong password leaves the link good.
 * @throws AppError link_used_or_expired, invalid_credentials, password_refused, validation_failed; conflict for a member
 */
export const acceptInvitation = (context: AuthContext, input: AcceptInvitation): Promise<void> =>
  context.db.transaction(async () => {
    const { db, requestId, address } = context
    const link = await takeLink(db, 'INVITATION', input.token)
    const { tenantId, invitationId } = link ?? {}
    const offer = tenantId && invitationId ? await readOffer(db, tenantId, invitationId) : undefined
    if (!tenantId || !invitationId || !offer) throw gone()
    const { hasAccount, email, role } = offer
    const user = hasAccount ? await existingUser(context, offer, input.password) : await newUser(context, offer, input)
    if (!(await markAccepted(db, tenantId, invitationId))) throw gone()
    if (!(await insertMember(db, { tenantId, userId: user.id, email, name: user.name, role })))
      throw new AppError('conflict', { message: 'You work in this firm already. Sign in to go on.' })
    // The link came by mail to this address.
    await markVerified(db, user.id)
    const ctx = { db, tenantId, actor: { kind: 'user', id: user.id, role } as const, requestId, address }
    audit(ctx, { action: 'invitation.accepted', subject: 'member', subjectId: user.id, after: { email, role } })
    emit(ctx, 'invitation.changed', { invitationId })
    emit(ctx, 'member.changed', { memberId: user.id })
  })
