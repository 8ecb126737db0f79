// The second factor as its owner turns it on and off: each step asks for proof, tells by mail, and leaves a row.
import type { ProveSecondFactor, RecoveryCodes, SecondFactorSetup, SecondFactorStatus } from '@throughline/contracts'
import { AppError } from '@throughline/contracts'
import { enqueue } from '@throughline/jobs'
import { accountMailJob } from '../account-mails/account-mails.jobs.ts'
import { provePassword } from '../registration/index.ts'
import {
  beginSecondFactor,
  confirmSecondFactor,
  dropSecondFactor,
  proveSecondFactor,
  renewRecoveryCodes,
  secondFactorStatus,
} from '../second-factor/index.ts'
import { type AuthContext, auditUser, endSessionsOf, jobOriginOf } from '../sessions/index.ts'

export interface OwnSession {
  userId: string
  sessionId: string
}

export const ownSecondFactor = ({ db }: Pick<AuthContext, 'db'>, userId: string): Promise<SecondFactorStatus> =>
  secondFactorStatus(db, userId)

/** @throws AppError invalid_credentials; conflict when one is in use */
export async function beginOwnSecondFactor(
  context: AuthContext,
  { userId }: OwnSession,
  password: string,
): Promise<SecondFactorSetup> {
  const user = await provePassword(context, userId, password)
  return context.db.transaction(async () => {
    auditUser(context, userId, { action: 'second_factor.begun', subject: 'user', subjectId: userId })
    return beginSecondFactor(context, user)
  })
}

const told = (context: AuthContext, userId: string, enabled: boolean): Promise<string> => {
  const action = enabled ? 'second_factor.enabled' : 'second_factor.disabled'
  auditUser(context, userId, { action, subject: 'user', subjectId: userId })
  return enqueue(jobOriginOf(context, userId), accountMailJob, { kind: 'second_factor_changed', userId, enabled })
}

/** Turns it on; sessions that were opened without it end. @throws AppError second_factor_wrong */
export const confirmOwnSecondFactor = (
  context: AuthContext,
  { userId, sessionId }: OwnSession,
  code: string,
): Promise<RecoveryCodes> =>
  context.db.transaction(async () => {
    const codes = await confirmSecondFactor(context, userId, code)
    await told(context, userId, true)
    await endSessionsOf(context, userId, sessionId)
    return codes
  })

const prove = (context: AuthContext, userId: string, { password, code }: ProveSecondFactor) =>
  provePassword(context, userId, password, () => proveSecondFactor(context, userId, code))

/** @throws AppError conflict when a firm of theirs asks for it */
export async function disableOwnSecondFactor(
  context: AuthContext,
  { userId }: OwnSession,
  proof: ProveSecondFactor,
): Promise<void> {
  await prove(context, userId, proof)
  await context.db.transaction(async () => {
    const { required } = await secondFactorStatus(context.db, userId)
    if (required) throw new AppError('conflict', { message: 'Your firm asks for a second factor, so it stays on.' })
    await dropSecondFactor(context.db, userId)
    await told(context, userId, false)
  })
}

/** Ten new codes; the earlier ones are void. */
export async function renewOwnRecoveryCodes(
  context: AuthContext,
  { userId }: OwnSession,
  proof: ProveSecondFactor,
): Promise<RecoveryCodes> {
  await prove(context, userId, proof)
  return context.db.transaction(async () => {
    auditUser(context, userId, { action: 'recovery_codes.renewed', subject: 'user', subjectId: userId })
    return renewRecoveryCodes(context.db, userId)
  })
}
