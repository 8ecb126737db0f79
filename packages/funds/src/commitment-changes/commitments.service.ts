// What investors promise: new commitments and dated changes of them. The position events are the record; the amount of
// the commitment is kept beside them.
import { randomUUIDv7 } from 'node:crypto'
import { audit } from '@throughline/accounts'
import { AppError, type ChangeCommitment, type CommitmentView, type CreateCommitment } from '@throughline/contracts'
import { type Ctx, violates } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { happen, readHappenings } from '../books/index.ts'
import { positionOn } from '../commitments/index.ts'
import { addToCommitment, findCommitment, insertCommitments } from '../investors/index.ts'
import { checkRoom, eventOfChange } from './commitment-changes.rules.ts'
import {
  asDecimal,
  checkNoDefault,
  holdCommitment,
  holdForPromise,
  inMinor,
  investorOfBody,
  keptOf,
} from './held-commitment.ts'

/** What was just written. */
export async function commitmentAs(ctx: Ctx, id: string): Promise<CommitmentView> {
  const commitment = await findCommitment(ctx.db, id)
  if (!commitment) throw new Error('a commitment that was just written is gone')
  return commitment
}

async function insertOnce(ctx: Ctx, commitment: Omit<CommitmentView, 'version' | 'createdAt'>): Promise<void> {
  try {
    await insertCommitments(ctx.db, [commitment], ctx.now())
  } catch (error) {
    if (!violates(error, 'commitments_once_per_close')) throw error
    throw new AppError('conflict', {
      message: `This investor has a commitment of ${commitment.closeName} already. Increase that one.`,
    })
  }
}

/**
 * An investor has signed.
 * @throws AppError not_found, validation_failed; conflict for a second one of the same close; unprocessable for a closed
 * fund, a locked day, a day before a call, or an amount with more decimals than the currency
 */
export function createCommitment(ctx: Ctx, fundId: string, input: CreateCommitment): Promise<CommitmentView> {
  const { investorId, closeName, closeDate, feeFree } = input
  return ctx.db.transaction(async () => {
    const { fund } = await holdForPromise(ctx, fundId, closeDate)
    await investorOfBody(ctx, investorId, 'body.investorId')
    const amount = inMinor(fund, input.amount)
    const kept = await keptOf(ctx, fund, investorId)
    checkNoDefault(kept)
    const id = randomUUIDv7()
    const decimal = asDecimal(fund)(amount)
    await insertOnce(ctx, { id, fundId, investorId, closeName, closeDate, amount: decimal, feeFree })
    await happen(
      ctx,
      fund,
      [
        {
          investorId,
          commitmentId: id,
          event: { kind: 'committed', date: closeDate, amount },
          source: { kind: 'commitment', id },
        },
      ],
      feeFree ? new Map([[investorId, { feeFree: (kept?.feeFree ?? 0n) + amount }]]) : undefined,
    )
    audit(ctx, { action: 'commitment.created', subject: 'commitment', subjectId: id, after: { ...input, fundId } })
    emit(ctx, 'commitment.changed', { fundId, investorId })
    return commitmentAs(ctx, id)
  })
}

const signs = { increase: 1n, decrease: -1n, release: 0n } as const

/**
 * More or less is promised from a day on, or a part will not be called any more.
 * @throws AppError not_found, stale_version; unprocessable where there is not so much left, or as `createCommitment`
 */
export function changeCommitment(ctx: Ctx, id: string, input: ChangeCommitment): Promise<CommitmentView> {
  const { change, date, reason } = input
  return ctx.db.transaction(async () => {
    const { fund, commitment, today } = await holdCommitment(ctx, id, input)
    const { investorId, fundId, feeFree } = commitment
    const amount = inMinor(fund, input.amount)
    const kept = await keptOf(ctx, fund, investorId)
    if (change === 'increase') checkNoDefault(kept)
    const events = (await readHappenings(ctx, fundId, [investorId])).get(investorId) ?? []
    checkRoom(
      { change, amount, own: inMinor(fund, commitment.amount) },
      [positionOn(events, date), positionOn(events, today)],
      asDecimal(fund),
    )
    const by = signs[change] * amount
    if (by !== 0n) await addToCommitment(ctx.db, id, asDecimal(fund)(by))
    await happen(
      ctx,
      fund,
      [
        {
          ...{ investorId, commitmentId: id, reason },
          event: eventOfChange(change, date, amount),
          source: { kind: 'commitment', id },
        },
      ],
      feeFree && by !== 0n ? new Map([[investorId, { feeFree: (kept?.feeFree ?? 0n) + by }]]) : undefined,
    )
    const { version: _version, ...after } = input
    audit(ctx, {
      action: `commitment.${change}d`,
      subject: 'commitment',
      subjectId: id,
      before: { amount: commitment.amount },
      after,
    })
    emit(ctx, 'commitment.changed', { fundId, investorId })
    return commitmentAs(ctx, id)
  })
}
