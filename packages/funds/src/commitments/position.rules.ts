// What an investor has promised, was called and has paid, as of a day. Folded from dated happenings: the past is never
// edited, only added to.
import { atLeastZero } from '../minor-units.ts'
import { refused } from '../refused.ts'
import {
  addTransferred,
  type FoldedRecallables,
  giveBack,
  openOn,
  recall,
  takeTransferred,
  totalOf,
  withdraw,
} from './recallable.rules.ts'
import { type Transferable, type TransferableSum, transferableSums } from './transfer.rules.ts'

interface CalledLine {
  callId: string
  insideCommitment: bigint
  outsideCommitment: bigint
  recalled: bigint
}

export type CommitmentEvent = { date: string } & (
  | { kind: 'committed' | 'increased' | 'decreased'; amount: bigint }
  /** `part` is what goes, of `transferOf` on this day; the other side has the same. */
  | { kind: 'transferred_in' | 'transferred_out'; part: Transferable }
  /** A commitment that will not be called any more. */
  | { kind: 'released'; amount: bigint }
  /** An issued line; `recalled` is the part of it that calls back recallable distributions. */
  | ({ kind: 'called' } & CalledLine)
  /** Of the same call, all of it or a part; what it recalled can be recalled again until it expires. */
  | ({ kind: 'call_reversed' } & CalledLine)
  /** Settled on a line; below zero when it bounced. */
  | { kind: 'funded'; insideCommitment: bigint; outsideCommitment: bigint }
  /** What of a line will not be paid: a tolerated shortfall. Neither outstanding any more nor paid in. */
  | { kind: 'written_off'; insideCommitment: bigint; outsideCommitment: bigint }
  /** `expiresOn`: the last day on which it can be recalled; null for no end. Said at issue, never later. */
  | { kind: 'distributed'; amount: bigint; recallable: bigint; expiresOn: string | null }
  /** A distribution that was declared and never paid: all of the line, with the same end. */
  | { kind: 'distribution_reversed'; amount: bigint; recallable: bigint; expiresOn: string | null }
)

export interface Position extends Transferable {
  recalled: bigint
  /** What can be recalled on this day. */
  stillRecallable: bigint
  /** What can be called yet: commitment - called - released + what recalled and recallable distributions give back. */
  uncalled: bigint
  /** Called, inside and outside, and neither paid nor written off. */
  outstanding: bigint
  /** What was promised and is not paid: uncalled, and what is outstanding inside of the commitment. */
  unfunded: bigint
}

/**
 * Everything up to and with the day. Recalls use the distributions that expire first.
 * @throws AppError unprocessable when more is recalled than can be, or more is taken from a commitment than it has
 */
export const positionOn = (events: readonly CommitmentEvent[], day: string): Position =>
  standing(
    foldInto(
      nothing,
      events.filter(({ date }) => date <= day),
    ),
    day,
  )

/** Where somebody stands to whom nothing has happened yet. */
export const nothing: Transferable = { ...startOf(), lots: [], recalls: [] }

/**
 * What is made of an earlier position by events that are all later than everything in it, or of the same day.
 * @throws AppError as `positionOn`
 */
export function foldInto(before: Transferable, events: readonly CommitmentEvent[]): Transferable {
  const { lots: lotsBefore, recalls: recallsBefore, ...sums } = before
  const sum: Record<TransferableSum, bigint> = { ...sums }
  const recallables: FoldedRecallables = {
    lots: lotsBefore.map((lot) => ({ ...lot })),
    recalls: recallsBefore.map((each) => ({ ...each })),
  }
  for (const event of events.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)))
    fold(sum, recallables, event)
  return { ...sum, ...recallables }
}

/** What follows on a day from the sums of a position. */
export function standing({ lots: allLots, recalls: allRecalls, ...sum }: Transferable, day: string): Position {
  const lots = openOn(allLots, day)
  const recalls = allRecalls.filter(({ amount }) => amount > 0n)
  const stillRecallable = totalOf(lots)
  const recalled = totalOf(recalls)
  const uncalled = sum.commitment - sum.called - sum.released + recalled + stillRecallable
  const outstandingInside = atLeastZero(sum.called - sum.funded - sum.writtenOff)
  return {
    ...sum,
    lots,
    recalls,
    recalled,
    stillRecallable,
    uncalled,
    outstanding: outstandingInside + atLeastZero(sum.calledOutside - sum.fundedOutside - sum.writtenOffOutside),
    unfunded: uncalled + outstandingInside,
  }
}

function startOf(): Record<TransferableSum, bigint> {
  return {
    commitment: 0n,
    called: 0n,
    calledOutside: 0n,
    funded: 0n,
    fundedOutside: 0n,
    writtenOff: 0n,
    writtenOffOutside: 0n,
    released: 0n,
    distributed: 0n,
    recallable: 0n,
  }
}

function fold(sum: Record<TransferableSum, bigint>, recallables: FoldedRecallables, event: CommitmentEvent): void {
  switch (event.kind) {
    case 'committed':
    case 'increased':
      sum.commitment += event.amount
      return
    case 'decreased':
      if (event.amount > sum.commitment)
        throw refused('More is taken from the commitment than it has.', { on: event.date })
      sum.commitment -= event.amount
      return
    case 'transferred_in':
      for (const name of transferableSums) sum[name] += event.part[name]
      addTransferred(recallables, event.part)
      return
    case 'transferred_out':
      for (const name of transferableSums) {
        if (event.part[name] > sum[name]) throw refused('More is transferred than there is.', { on: event.date, name })
        sum[name] -= event.part[name]
      }
      takeTransferred(recallables, event.part, event.date)
      return
    case 'released':
      sum.released += event.amount
      return
    case 'called':
      recall(recallables, event.callId, event.recalled, event.date)
      sum.called += event.insideCommitment
      sum.calledOutside += event.outsideCommitment
      return
    case 'call_reversed':
      giveBack(recallables, event.callId, event.recalled, event.date)
      sum.called -= event.insideCommitment
      sum.calledOutside -= event.outsideCommitment
      return
    case 'funded':
      sum.funded += event.insideCommitment
      sum.fundedOutside += event.outsideCommitment
      return
    case 'written_off':
      sum.writtenOff += event.insideCommitment
      sum.writtenOffOutside += event.outsideCommitment
      return
    case 'distributed':
      if (event.recallable > event.amount) throw refused('More is recallable than was distributed.', { on: event.date })
      sum.distributed += event.amount
      sum.recallable += event.recallable
      recallables.lots.push({ amount: event.recallable, expiresOn: event.expiresOn })
      return
    case 'distribution_reversed':
      withdraw(recallables, { amount: event.recallable, expiresOn: event.expiresOn }, event.date)
      sum.distributed -= event.amount
      sum.recallable -= event.recallable
  }
}
