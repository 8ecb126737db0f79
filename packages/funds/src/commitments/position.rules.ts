// What an investor has promised, was called and has paid, as of a day. Folded from dated happenings: the past is never
// edited, only added to.
import { atLeastZero, smaller } from '../minor-units.ts'
import { refused } from '../refused.ts'

export type CommitmentEvent = { date: string } & (
  | { kind: 'committed' | 'increased' | 'decreased' | 'transferred_in' | 'transferred_out'; amount: bigint }
  /** A commitment that will not be called any more. */
  | { kind: 'released'; amount: bigint }
  /** An issued line; `recalled` is the part of it that calls back recallable distributions. */
  | { kind: 'called'; insideCommitment: bigint; outsideCommitment: bigint; recalled: bigint }
  | { kind: 'call_reversed'; insideCommitment: bigint; outsideCommitment: bigint; recalled: bigint }
  /** Settled on a line; below zero when it bounced. */
  | { kind: 'funded'; insideCommitment: bigint; outsideCommitment: bigint }
  /** `expiresOn`: the last day on which it can be recalled; null for no end. Said at issue, never later. */
  | { kind: 'distributed'; amount: bigint; recallable: bigint; expiresOn: string | null }
)

export interface Position {
  commitment: bigint
  called: bigint
  calledOutside: bigint
  /** Paid-in: settled, inside of the commitment. What is prepaid is not in it. */
  funded: bigint
  fundedOutside: bigint
  released: bigint
  distributed: bigint
  /** Recallable distributions, all that were ever made. */
  recallable: bigint
  recalled: bigint
  /** What can be recalled on this day. */
  stillRecallable: bigint
  /** What can be called yet: commitment - called - released + what recalled and recallable distributions give back. */
  uncalled: bigint
  /** Called, inside and outside, and not paid. */
  outstanding: bigint
  /** What was promised and is not paid: uncalled, and what is outstanding inside of the commitment. */
  unfunded: bigint
}

interface Lot {
  left: bigint
  expiresOn: string | null
}

/**
 * Everything up to and with the day. Recalls use the distributions that expire first.
 * @throws AppError unprocessable when more is recalled than can be, or more is taken from a commitment than it has
 */
export function positionOn(events: readonly CommitmentEvent[], day: string): Position {
  const sum = startOf()
  const lots: Lot[] = []
  for (const event of events
    .filter(({ date }) => date <= day)
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)))
    fold(sum, lots, event)
  const stillRecallable = openOn(lots, day).reduce((total, { left }) => total + left, 0n)
  const uncalled = sum.commitment - sum.called - sum.released + sum.recalled + stillRecallable
  const outstandingInside = atLeastZero(sum.called - sum.funded)
  return {
    ...sum,
    stillRecallable,
    uncalled,
    outstanding: outstandingInside + atLeastZero(sum.calledOutside - sum.fundedOutside),
    unfunded: uncalled + outstandingInside,
  }
}

const startOf = () => ({
  commitment: 0n,
  called: 0n,
  calledOutside: 0n,
  funded: 0n,
  fundedOutside: 0n,
  released: 0n,
  distributed: 0n,
  recallable: 0n,
  recalled: 0n,
})

function fold(sum: ReturnType<typeof startOf>, lots: Lot[], event: CommitmentEvent): void {
  switch (event.kind) {
    case 'committed':
    case 'increased':
    case 'transferred_in':
      sum.commitment += event.amount
      return
    case 'decreased':
    case 'transferred_out':
      if (event.amount > sum.commitment)
        throw refused('More is taken from the commitment than it has.', { on: event.date })
      sum.commitment -= event.amount
      return
    case 'released':
      sum.released += event.amount
      return
    case 'called':
      recall(lots, event.recalled, event.date)
      sum.called += event.insideCommitment
      sum.calledOutside += event.outsideCommitment
      sum.recalled += event.recalled
      return
    case 'call_reversed':
      // What was recalled can be recalled again; it has no end, because the call that is gone had used it in time.
      if (event.recalled > 0n) lots.push({ left: event.recalled, expiresOn: null })
      sum.called -= event.insideCommitment
      sum.calledOutside -= event.outsideCommitment
      sum.recalled -= event.recalled
      return
    case 'funded':
      sum.funded += event.insideCommitment
      sum.fundedOutside += event.outsideCommitment
      return
    case 'distributed':
      if (event.recallable > event.amount) throw refused('More is recallable than was distributed.', { on: event.date })
      sum.distributed += event.amount
      sum.recallable += event.recallable
      lots.push({ left: event.recallable, expiresOn: event.expiresOn })
  }
}

const openOn = (lots: readonly Lot[], day: string): Lot[] =>
  lots.filter(({ left, expiresOn }) => left > 0n && (expiresOn === null || expiresOn >= day))

function recall(lots: readonly Lot[], amount: bigint, day: string): void {
  let left = amount
  const first = openOn(lots, day).toSorted((a, b) =>
    (a.expiresOn ?? '9999-12-31') < (b.expiresOn ?? '9999-12-31') ? -1 : 1,
  )
  for (const lot of first) {
    const taken = smaller(lot.left, left)
    lot.left -= taken
    left -= taken
  }
  if (left > 0n) throw refused('More is recalled than can be on this day.', { on: day, over: String(left) })
}
