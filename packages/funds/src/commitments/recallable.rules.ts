// Distributions that can be called back: what is left of each until it expires, and which call took what.
import { smaller, sumOf } from '../minor-units.ts'
import { refused } from '../refused.ts'

/** What is left of a recallable distribution. */
export interface RecallableLot {
  amount: bigint
  /** The last day on which it can be recalled; null for no end. */
  expiresOn: string | null
}

/** What a call took of a distribution: it goes back there, with the same end, when the call is reversed. */
export interface Recall extends RecallableLot {
  callId: string
}

export interface Recallables {
  lots: readonly RecallableLot[]
  recalls: readonly Recall[]
}

/** Changed in place while events are folded. */
export interface FoldedRecallables {
  lots: RecallableLot[]
  recalls: Recall[]
}

/** What can be recalled on the day, the first to expire first. */
export const openOn = (lots: readonly RecallableLot[], day: string): RecallableLot[] =>
  lots
    .filter(({ amount, expiresOn }) => amount > 0n && (expiresOn === null || expiresOn >= day))
    .toSorted((a, b) => (endOf(a) < endOf(b) ? -1 : endOf(a) > endOf(b) ? 1 : 0))

/** @throws AppError unprocessable when more is recalled than can be on this day */
export function recall({ lots, recalls }: FoldedRecallables, callId: string, amount: bigint, day: string): void {
  const { taken, missing } = takeFrom(openOn(lots, day), amount)
  if (missing > 0n) throw refused('More is recalled than can be on this day.', { on: day, over: String(missing) })
  recalls.push(...taken.map(({ amount, expiresOn }) => ({ callId, amount, expiresOn })))
}

/**
 * A call is reversed, or a part of it: what it took last goes back first. What has expired meanwhile stays expired.
 * @throws AppError unprocessable when the call has not recalled so much
 */
export function giveBack({ lots, recalls }: FoldedRecallables, callId: string, amount: bigint, day: string): void {
  const { taken, missing } = takeFrom(recalls.filter((each) => each.callId === callId).toReversed(), amount)
  if (missing > 0n) throw refused('The call has not recalled so much.', { on: day, over: String(missing) })
  lots.push(...taken.map(({ amount, expiresOn }) => ({ amount, expiresOn })))
}

export function addTransferred({ lots, recalls }: FoldedRecallables, part: Recallables): void {
  lots.push(...part.lots.map((lot) => ({ ...lot })))
  recalls.push(...part.recalls.map((each) => ({ ...each })))
}

/** @throws AppError unprocessable when there is not so much to recall, or of a call's recalls, with the same end */
export function takeTransferred({ lots, recalls }: FoldedRecallables, part: Recallables, day: string): void {
  const missing = [
    ...part.lots.map((wanted) => takeFrom(lots.filter(endsWith(wanted)), wanted.amount).missing),
    ...part.recalls.map((wanted) => {
      const ofCall = recalls.filter(({ callId }) => callId === wanted.callId)
      return takeFrom(ofCall.filter(endsWith(wanted)), wanted.amount).missing
    }),
  ]
  if (sumOf(missing) > 0n) throw refused('More that is recallable is transferred than there is.', { on: day })
}

/** A distribution that never came about takes its lot with it. @throws AppError unprocessable when some of it was recalled */
export function withdraw({ lots }: FoldedRecallables, lot: RecallableLot, day: string): void {
  if (takeFrom(lots.filter(endsWith(lot)).toReversed(), lot.amount).missing > 0n)
    throw refused('Some of this distribution was called back already.', { on: day })
}

export const totalOf = (lots: readonly RecallableLot[]): bigint => sumOf(lots.map(({ amount }) => amount))

/** Takes from one after the other. */
function takeFrom<T extends RecallableLot>(lots: readonly T[], amount: bigint): { taken: T[]; missing: bigint } {
  let missing = amount
  const taken: T[] = []
  for (const lot of lots) {
    const some = smaller(lot.amount, missing)
    lot.amount -= some
    missing -= some
    if (some > 0n) taken.push({ ...lot, amount: some })
  }
  return { taken, missing }
}

const endOf = ({ expiresOn }: RecallableLot): string => expiresOn ?? '9999-12-31'
const endsWith = (wanted: RecallableLot) => (lot: RecallableLot) => lot.expiresOn === wanted.expiresOn
