// Distributions that can be called back: what is left of each until it expires, and which call took what.
import { smaller, sumOf } from '../minor-units.ts'
import { refused } from '../refused.ts'

/** What is left of a recallable distribution. */
export interface RecallableLot {
  left: bigint
  /** The last day on which it can be recalled; null for no end. */
  expiresOn: string | null
}

/** What a call took of a distribution: it goes back there, with the same end, when the call is reversed. */
export interface Recall {
  callId: string
  amount: bigint
  expiresOn: string | null
}

/** Changed in place while events are folded. */
export interface Recallables {
  lots: RecallableLot[]
  recalls: Recall[]
}

/** What can be recalled on the day, the first to expire first. */
export const openOn = (lots: readonly RecallableLot[], day: string): RecallableLot[] =>
  lots.filter(({ left, expiresOn }) => left > 0n && (expiresOn === null || expiresOn >= day)).toSorted(byExpiry)

/** @throws AppError unprocessable when more is recalled than can be on this day */
export function recall({ lots, recalls }: Recallables, callId: string, amount: bigint, day: string): void {
  let left = amount
  for (const lot of openOn(lots, day)) {
    const taken = smaller(lot.left, left)
    if (taken === 0n) break
    lot.left -= taken
    left -= taken
    recalls.push({ callId, amount: taken, expiresOn: lot.expiresOn })
  }
  if (left > 0n) throw refused('More is recalled than can be on this day.', { on: day, over: String(left) })
}

/**
 * A call is reversed, or a part of it: what it took last goes back first. What has expired meanwhile stays expired.
 * @throws AppError unprocessable when the call has not recalled so much
 */
export function giveBack({ lots, recalls }: Recallables, callId: string, amount: bigint, day: string): void {
  let left = amount
  for (const taken of recalls.filter((each) => each.callId === callId).toReversed()) {
    const back = smaller(taken.amount, left)
    taken.amount -= back
    left -= back
    lots.push({ left: back, expiresOn: taken.expiresOn })
  }
  if (left > 0n) throw refused('The call has not recalled so much.', { on: day, over: String(left) })
}

export const leftOf = (lots: readonly RecallableLot[]): bigint => sumOf(lots.map(({ left }) => left))
export const recalledOf = (recalls: readonly Recall[]): bigint => sumOf(recalls.map(({ amount }) => amount))

const byExpiry = (a: RecallableLot, b: RecallableLot): number =>
  endOf(a) < endOf(b) ? -1 : endOf(a) > endOf(b) ? 1 : 0
const endOf = ({ expiresOn }: RecallableLot): string => expiresOn ?? '9999-12-31'
