// What holds for deals whatever the door they come through. Pure: no I/O, no clock.
import { AppError, type DealStage, type Role } from '@throughline/contracts'
import { invalid } from '../invalid.ts'

/** Whether a deal in this stage is won or lost. */
export const isClosed = (stage: DealStage): boolean => stage === 'CLOSED_WON' || stage === 'CLOSED_LOST'

/** What a deal is before it moves. */
export interface Standing {
  stage: DealStage
  /** What other desks have built on it: an issued capital call. */
  holds: readonly string[]
}

/**
 * Open stages lead to each other and to won or lost; a closed deal must be re-opened before it can close again, and
 * cannot be re-opened while something is built on it.
 * @throws AppError illegal_transition, or validation_failed when the reason of a loss is missing or out of place
 */
export function checkMove({ stage: from, holds }: Standing, to: DealStage, lostReason: string | undefined): void {
  const refused = moveRefusal({ stage: from, holds }, to)
  if (refused === 'held')
    throw new AppError('illegal_transition', {
      message: `This deal cannot be re-opened: ${holds.join(', ')} is based on it.`,
      details: { stage: from, holds },
    })
  if (refused === 'illegal_transition')
    throw new AppError('illegal_transition', {
      message: 'A closed deal must be re-opened before it can be closed another way.',
      details: { stage: from },
    })
  if (to === 'CLOSED_LOST' && from !== to && !lostReason)
    throw invalid({ path: 'body.lostReason', message: 'is needed: why was the deal lost?' })
  if (to !== 'CLOSED_LOST' && lostReason)
    throw invalid({ path: 'body.lostReason', message: 'belongs to lost deals only' })
}

/** Why a deal may not go there; nothing when it may. */
export function moveRefusal(
  { stage: from, holds }: Standing,
  to: DealStage,
): 'illegal_transition' | 'held' | undefined {
  if (isClosed(from) && isClosed(to) && from !== to) return 'illegal_transition'
  return isClosed(from) && !isClosed(to) && holds.length > 0 ? 'held' : undefined
}

/** What a move changes. Closing sets the date once; re-opening clears it and the reason of a loss. */
export const movedTo = (to: DealStage, lostReason: string | undefined, now: Date) => ({
  stage: to,
  closedAt: isClosed(to) ? now.toISOString() : null,
  lostReason: to === 'CLOSED_LOST' ? (lostReason ?? null) : null,
})

/** Two decimals, so that `100` and `100.00` are the same amount. */
export const normalised = (value: string): string => {
  const [whole = '0', cents = ''] = value.split('.')
  return `${whole.replace(/^0+(?=\d)/, '')}.${cents.padEnd(2, '0')}`
}

/** Members work on their own deals; managers and above, and the system, on every one. */
export const mayChange = (actor: { id: string | null; role: Role | null }, ownerId: string | null): boolean =>
  actor.role !== 'member' || (ownerId !== null && ownerId === actor.id)

/** What funds have taken of a deal and not called for yet; a decimal in the currency of the deal. */
export interface Promised {
  amount: string
  labels: readonly string[]
}

const inCents = (value: string): bigint => BigInt(normalised(value).replace('.', ''))

/**
 * A deal does not become worth less than what is allocated of it, and not worth it in another currency.
 * @param changed the fields that become something else
 * @throws AppError conflict with what is allocated
 */
export function checkPromised(promised: Promised | null, changed: { value?: string; currency?: string }): void {
  if (!promised) return
  const { amount, labels } = promised
  const details = { holds: labels, atLeast: amount }
  if (changed.currency !== undefined)
    throw new AppError('conflict', {
      message: `The currency of this deal cannot be changed: there is ${labels.join(', ')}. Cancel the allocation first.`,
      details,
    })
  if (changed.value !== undefined && inCents(changed.value) < inCents(amount))
    throw new AppError('conflict', {
      message: `This deal cannot be worth less than ${amount}: there is ${labels.join(', ')}. Cancel the allocation first.`,
      details,
    })
}

const amounts = ['value', 'currency', 'probability'] as const

/**
 * What a closed deal came to is in reports and perhaps in a contract: managers and above put it right, and nobody does
 * while something is built on it. Re-opened, it is a deal like others.
 * @param changed the fields that become something else
 * @throws AppError conflict with the holds, forbidden
 */
export function checkAmounts(role: Role | null, { stage, holds }: Standing, changed: object): void {
  if (!isClosed(stage) || !amounts.some((field) => field in changed)) return
  if (holds.length > 0)
    throw new AppError('conflict', {
      message: `What this deal came to cannot be changed: ${holds.join(', ')} is based on it.`,
      details: { stage, holds },
    })
  if (role === 'member')
    throw new AppError('forbidden', { message: 'What a closed deal came to is changed by managers only.' })
}
