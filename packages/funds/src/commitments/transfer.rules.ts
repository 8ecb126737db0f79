// A commitment, or a part of it, goes to somebody else: with what was called, paid, written off and distributed on it.
import { shareOut } from '../allocation/index.ts'
import { sumOf } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { type Recallables, totalOf } from './recallable.rules.ts'

/** The sums that go along with a commitment. */
export const transferableSums = [
  'commitment',
  'called',
  'calledOutside',
  /** Paid-in: settled, inside of the commitment. What is prepaid is not in it. */
  'funded',
  'fundedOutside',
  /** Called and not paid, and not asked for any more. */
  'writtenOff',
  'writtenOffOutside',
  'released',
  'distributed',
  /** Recallable distributions, all that were ever made. */
  'recallable',
] as const

export type TransferableSum = (typeof transferableSums)[number]

/** All that goes along: the position of the other side is folded from it. */
export interface Transferable extends Record<TransferableSum, bigint>, Recallables {}

export interface TransferSplit {
  stays: Transferable
  goes: Transferable
}

/**
 * Splits everything by the commitment that goes. Not each sum by itself, but what the sums consist of, so that on both
 * sides nothing is below zero: a commitment is what was called of it, was released or can be called yet, and so on down.
 * @throws AppError unprocessable for nothing, more than there is, or sums that contradict each other
 */
export function transferOf(position: Transferable, amount: bigint): TransferSplit {
  const { commitment, called, calledOutside, distributed, recallable, lots, recalls } = position
  if (amount <= 0n || amount > commitment)
    throw refused('A transfer is above zero and at most the commitment.', { commitment: String(commitment) })
  const recalled = totalOf(recalls)
  const ended = recallable - recalled - totalOf(lots)
  const share = (total: bigint): bigint => divide(total, { goes: amount, stays: commitment - amount })('goes')
  const goingDistributed = share(distributed)
  const promised = divideAll(amount, commitment, { called: called - recalled, released: position.released })
  const paidOut = divideAll(goingDistributed, distributed, {
    ended,
    ...named(
      'lot',
      lots.map(({ amount }) => amount),
    ),
    ...named(
      'recall',
      recalls.map((each) => each.amount),
    ),
  })
  const goingLots = lots.map((lot, index) => ({ ...lot, amount: paidOut(`lot ${index}`) }))
  const goingRecalls = recalls.map((each, index) => ({ ...each, amount: paidOut(`recall ${index}`) }))
  const goingCalled = promised('called') + totalOf(goingRecalls)
  const inside = divideAll(goingCalled, called, { funded: position.funded, writtenOff: position.writtenOff })
  const goingOutside = share(calledOutside)
  const outside = divideAll(goingOutside, calledOutside, {
    funded: position.fundedOutside,
    writtenOff: position.writtenOffOutside,
  })
  const goes: Transferable = {
    commitment: amount,
    called: goingCalled,
    calledOutside: goingOutside,
    funded: inside('funded'),
    fundedOutside: outside('funded'),
    writtenOff: inside('writtenOff'),
    writtenOffOutside: outside('writtenOff'),
    released: promised('released'),
    distributed: goingDistributed,
    recallable: paidOut('ended') + totalOf(goingLots) + totalOf(goingRecalls),
    lots: goingLots,
    recalls: goingRecalls,
  }
  return { goes, stays: without(position, goes) }
}

type Parts = Readonly<Record<string, bigint>>

/** What goes of each part, where `goes` of the sum of the parts goes: no part is below zero, or more than there was. */
function divide(goes: bigint, parts: Parts): (part: string) => bigint {
  const weights = Object.entries(parts).filter(([, weight]) => weight > 0n)
  const lines = shareOut(
    goes,
    weights.map(([id, weight]) => ({ id, weight })),
  )
  const amounts = new Map(lines.map(({ id, amount }) => [id, amount]))
  return (part) => amounts.get(part) ?? 0n
}

/** The same, where the parts leave a rest of the total. @throws AppError unprocessable when they are more than it */
function divideAll(goes: bigint, total: bigint, parts: Parts): (part: string) => bigint {
  const all = { ...parts, rest: total - sumOf(Object.values(parts)) }
  const wrong = Object.entries(all).find(([, part]) => part < 0n)
  if (wrong) throw refused('What was called, paid and distributed does not fit the commitment.', { part: wrong[0] })
  return divide(goes, all)
}

const named = (name: string, amounts: readonly bigint[]): Parts =>
  Object.fromEntries(amounts.map((amount, index) => [`${name} ${index}`, amount]))

/** What stays: lots and recalls stand in the same order on both sides. */
function without(position: Transferable, goes: Transferable): Transferable {
  const sums = { ...goes }
  for (const sum of transferableSums) sums[sum] = position[sum] - goes[sum]
  return {
    ...sums,
    lots: position.lots.map((lot, index) => ({ ...lot, amount: lot.amount - (goes.lots[index]?.amount ?? 0n) })),
    recalls: position.recalls.map((each, index) => ({
      ...each,
      amount: each.amount - (goes.recalls[index]?.amount ?? 0n),
    })),
  }
}
