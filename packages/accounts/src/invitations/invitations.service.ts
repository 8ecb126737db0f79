// Asking somebody into a firm. The link in the mail is good for half an hour; the invitation for a week, and another
// link can be sent.
import { AppError, type InvitationView, type Invite } from '@throughline/contracts'
import { type Ctx, memberIdOf } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import { accountMailJob } from '../account-mails/account-mails.jobs.ts'
import { audit } from '../audit/index.ts'
import { checkGives, isMemberAddress } from '../members/index.ts'
import type { Throttle } from '../throttle/index.ts'
import {
  extendInvitation,
  type InvitationRow,
  insertInvitation,
  readInvitation,
  readInvitations,
  revokeInvitationRow,
} from './invitations.repo.ts'

const toView = ({ createdAt, expiresAt, ...row }: InvitationRow): InvitationView => ({
  ...row,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
})

export const listInvitations = async (ctx: Ctx): Promise<InvitationView[]> =>
  (await readInvitations(ctx.db, ctx.tenantId)).map(toView)

async function find(ctx: Ctx, invitationId: string): Promise<InvitationRow> {
  const row = await readInvitation(ctx.db, ctx.tenantId, invitationId)
  if (!row) throw new AppError('not_found')
  return row
}

type MailCount = Pick<Throttle, 'mayMail'>

/** An hour, to one address and of one firm to everybody: anybody can register a firm, and its invitations reach strangers. */
const mailsPerHour = { toAddress: 5, ofFirm: 100 }

/** @throws AppError rate_limited */
async function countMail({ tenantId }: Ctx, email: string, throttle: MailCount): Promise<void> {
  const counts = [
    await throttle.mayMail(`invitation-${tenantId}`, email, mailsPerHour.toAddress),
    await throttle.mayMail('invitations', tenantId, mailsPerHour.ofFirm),
  ]
  if (!counts.every(Boolean))
    throw new AppError('rate_limited', {
      message:
        'Too many invitations were sent within the hour. Those that are on their way stay good; send more later.',
      retryAfterSeconds: 3_600,
    })
}

/** @throws AppError forbidden for a role that is not theirs to give; conflict for somebody who is here already; rate_limited */
export const inviteMember = (ctx: Ctx, input: Invite, throttle: MailCount): Promise<InvitationView> =>
  ctx.db.transaction(async () => {
    checkGives(ctx, input.role)
    const email = input.email.toLowerCase()
    if (await isMemberAddress(ctx.db, ctx.tenantId, email))
      throw new AppError('conflict', { message: 'Somebody with this address works here already.' })
    await countMail(ctx, email, throttle)
    const invitedById = memberIdOf(ctx.actor)
    const invitationId = await insertInvitation(ctx.db, ctx.tenantId, { email, role: input.role, invitedById })
    audit(ctx, {
      action: 'invitation.sent',
      subject: 'invitation',
      subjectId: invitationId,
      after: { email, role: input.role },
    })
    emit(ctx, 'invitation.changed', { invitationId })
    await enqueue(ctx, accountMailJob, { kind: 'invitation', invitationId })
    return toView(await find(ctx, invitationId))
  })

/** Sends another link, and a week begins anew. @throws AppError not_found; conflict when it is not open; rate_limited */
export const resendInvitation = (ctx: Ctx, invitationId: string, throttle: MailCount): Promise<InvitationView> =>
  ctx.db.transaction(async () => {
    const { state, email, role } = await find(ctx, invitationId)
    checkGives(ctx, role)
    if (state !== 'open' && state !== 'expired')
      throw new AppError('conflict', { message: `This invitation is ${state}. Send a new one.` })
    await countMail(ctx, email, throttle)
    await extendInvitation(ctx.db, ctx.tenantId, invitationId)
    audit(ctx, { action: 'invitation.resent', subject: 'invitation', subjectId: invitationId, after: { email, role } })
    emit(ctx, 'invitation.changed', { invitationId })
    await enqueue(ctx, accountMailJob, { kind: 'invitation', invitationId })
    return toView(await find(ctx, invitationId))
  })

/** Calls an invitation off; its link is void. @throws AppError not_found; conflict when it was accepted */
export const revokeInvitation = (ctx: Ctx, invitationId: string): Promise<InvitationView> =>
  ctx.db.transaction(async () => {
    const { state, email, role } = await find(ctx, invitationId)
    checkGives(ctx, role)
    if (state === 'accepted') throw new AppError('conflict', { message: 'This invitation was accepted already.' })
    if (state !== 'revoked') {
      await revokeInvitationRow(ctx.db, ctx.tenantId, invitationId)
      audit(ctx, {
        action: 'invitation.revoked',
        subject: 'invitation',
        subjectId: invitationId,
        before: { email, role },
      })
      emit(ctx, 'invitation.changed', { invitationId })
    }
    return toView(await find(ctx, invitationId))
  })
