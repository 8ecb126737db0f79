// Where an investor's money stands in a fund: on the lines of calls, or prepaid. Every happening is a list of moves, which
// the ledger books and the tables keep; the new account is what the moves make of the old one.
import { type LineMoney, stillDueOf } from '../calls/index.ts'
import { smaller, sumOf } from '../minor-units.ts'
import { refused } from '../refused.ts'

export interface OpenLine extends LineMoney {
  lineId: string
  /** Of what is applied, what was prepaid before; the rest came with wires for this line. */
  fromPrepaid: bigint
  dueDate: string
}

export interface InvestorAccount {
  lines: readonly OpenLine[]
  /** Paid beyond what was due: a debt of the fund. It is no paid-in capital until a call uses it. */
  prepaid: bigint
}

/** What changes on a line, or on the prepaid balance; below zero is taken away. */
export type Move =
  | { on: 'line'; lineId: string; from: 'receipt' | 'prepaid'; amount: bigint }
  | { on: 'prepaid'; amount: bigint }

/** What moves have changed on lines, or on the prepaid balance. */
export const sumOfMoves = (moves: readonly Move[], on: Move['on']): bigint =>
  sumOf(moves.map((move) => (move.on === on ? move.amount : 0n)))

export interface Happening<A extends InvestorAccount = InvestorAccount> {
  moves: Move[]
  /** With everything that the account given had beside the rules. */
  account: A
}

/**
 * Money arrived for a line: up to what is outstanding there, the rest is prepaid. Other lines are not touched, because the
 * investor has said what it is for.
 * @throws AppError unprocessable for nothing, or a line that the investor does not have
 */
export function applyReceipt<A extends InvestorAccount>(
  account: A,
  receipt: { lineId: string; amount: bigint },
): Happening<A> {
  needsAmount(receipt.amount)
  const line = lineOf(account, receipt.lineId)
  const onLine = smaller(stillDueOf(line), receipt.amount)
  return after(account, [
    { on: 'line', lineId: line.lineId, from: 'receipt', amount: onLine },
    { on: 'prepaid', amount: receipt.amount - onLine },
  ])
}

/** Money arrived that is for no line yet. */
export function receivePrepaid<A extends InvestorAccount>(account: A, amount: bigint): Happening<A> {
  needsAmount(amount)
  return after(account, [{ on: 'prepaid', amount }])
}

/** A call was issued: what is prepaid pays the oldest lines first. */
export function drawPrepaid<A extends InvestorAccount>(account: A): Happening<A> {
  let left = account.prepaid
  const moves = account.lines.toSorted(byDueDate).map((line): Move => {
    const amount = smaller(stillDueOf(line), left)
    left -= amount
    return { on: 'line', lineId: line.lineId, from: 'prepaid', amount }
  })
  return after(account, [...moves, { on: 'prepaid', amount: left - account.prepaid }])
}

/** @throws AppError unprocessable for more than is prepaid */
export function refundPrepaid<A extends InvestorAccount>(account: A, amount: bigint): Happening<A> {
  needsAmount(amount)
  if (amount > account.prepaid)
    throw refused('Only what is prepaid can be refunded.', { prepaid: String(account.prepaid) })
  return after(account, [{ on: 'prepaid', amount: -amount }])
}

/** A receipt as it was applied when it arrived. */
export interface AppliedReceipt {
  lineId: string | null
  onLine: bigint
  prepaid: bigint
}

export interface Bounce<A extends InvestorAccount = InvestorAccount> extends Happening<A> {
  /** What was refunded in the meantime, so that there is nothing of it left to take back: the investor owes it. */
  owed: bigint
}

/**
 * The bank took a receipt back. Its line moves back; so does what is still prepaid; what of the prepaid was drawn since
 * is taken from the youngest lines first, and at most what they have of it: what other wires have paid stays paid.
 */
export function bounceReceipt<A extends InvestorAccount>(account: A, receipt: AppliedReceipt): Bounce<A> {
  const moves: Move[] = []
  let left = receipt.onLine + receipt.prepaid
  const takeFrom = ({ lineId }: OpenLine, from: 'receipt' | 'prepaid', most: bigint) => {
    const amount = smaller(most, left)
    moves.push({ on: 'line', lineId, from, amount: -amount })
    left -= amount
  }
  const own = account.lines.find(({ lineId }) => lineId === receipt.lineId)
  if (own) takeFrom(own, 'receipt', smaller(own.applied - own.fromPrepaid, receipt.onLine))
  const fromPrepaid = smaller(account.prepaid, left)
  moves.push({ on: 'prepaid', amount: -fromPrepaid })
  left -= fromPrepaid
  for (const line of account.lines.toSorted(byDueDate).toReversed()) takeFrom(line, 'prepaid', line.fromPrepaid)
  return { ...after(account, moves), owed: left }
}

/**
 * What a bank has kept of a wire, where the fund tolerates it: it may be written off to expense, with an entry that says
 * so. Null when there is nothing to write off, or more than is tolerated, which stays outstanding.
 */
export function toleratedShortfall(line: LineMoney, tolerance: bigint): bigint | null {
  const short = stillDueOf(line)
  return line.applied > 0n && short > 0n && short <= tolerance ? short : null
}

const byDueDate = (a: OpenLine, b: OpenLine): number =>
  a.dueDate === b.dueDate ? (a.lineId < b.lineId ? -1 : 1) : a.dueDate < b.dueDate ? -1 : 1

function needsAmount(amount: bigint): void {
  if (amount <= 0n) throw refused('A payment needs an amount above zero.')
}

function lineOf({ lines }: InvestorAccount, wanted: string): OpenLine {
  const line = lines.find(({ lineId }) => lineId === wanted)
  if (!line) throw refused('This line of a call does not belong to the investor.')
  return line
}

function after<A extends InvestorAccount>(before: A, all: readonly Move[]): Happening<A> {
  const { lines, prepaid } = before
  const moves = all.filter(({ amount }) => amount !== 0n)
  const onLine = (wanted: string) =>
    moves.flatMap((move) => (move.on === 'line' && move.lineId === wanted ? [move] : []))
  const onPrepaid = sumOfMoves(moves, 'prepaid')
  return {
    moves,
    account: {
      ...before,
      lines: lines.map((line) => {
        const changes = onLine(line.lineId)
        const drawn = changes.filter(({ from }) => from === 'prepaid')
        return {
          ...line,
          applied: line.applied + sumOf(changes.map(({ amount }) => amount)),
          fromPrepaid: line.fromPrepaid + sumOf(drawn.map(({ amount }) => amount)),
        }
      }),
      prepaid: prepaid + onPrepaid,
    },
  }
}
