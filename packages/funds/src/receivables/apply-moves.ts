// Writes down what payments have moved: lines of calls, positions, what is prepaid.
import { audit } from '@throughline/accounts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { type HeldFund, happen, type PositionHappening, readPositions } from '../books/index.ts'
import { fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { type Move, sumOfMoves } from '../payments/index.ts'
import { refused } from '../refused.ts'
import { type ChangedLine, capExcess, changeLines, type LineChange, reopenClosed } from './accounts.repo.ts'
import { type Split, splitBetween } from './accounts.ts'

/** What one payment has moved for an investor. */
export interface AccountChange {
  investorId: string
  moves: readonly Move[]
  /** The day that it belongs to. */
  on: string
  paymentId: string
  /** Of a receipt, or of what takes it back (below zero): what is prepaid because it was too much for this line. */
  excess?: { lineId: string; amount: bigint } | undefined
}

const movesOnLines = ({ moves }: AccountChange) => moves.flatMap((move) => (move.on === 'line' ? [move] : []))
const movedPrepaid = ({ moves }: AccountChange) => sumOfMoves(moves, 'prepaid')

/**
 * Changes lines and positions of a fund that is held, in the open transaction, and opens closed calls of which something was taken
 * back. A constant number of statements, however many changes; they are written in the order given.
 * @throws AppError unprocessable for a line that there is not
 */
export async function applyMoves(ctx: Ctx, fund: HeldFund, changes: readonly AccountChange[]): Promise<void> {
  if (changes.length === 0) return
  const onLines = lineChangesOf(changes, fund.currency)
  const lines = onLines.length > 0 ? await changeLines(ctx.db, fund.id, onLines, ctx.now()) : []
  if (lines.length < onLines.length) throw refused('There is no such line of a call in this fund.')
  const investorIds = [...new Set(changes.map(({ investorId }) => investorId))]
  const before = new Map(
    (await readPositions(ctx, fund, investorIds)).map(({ investorId, prepaid }) => [investorId, prepaid]),
  )
  const prepaid = new Map(
    [...Map.groupBy(changes, ({ investorId }) => investorId)].map(([investorId, own]) => [
      investorId,
      { prepaid: (before.get(investorId) ?? 0n) + sumOf(own.map(movedPrepaid)) },
    ]),
  )
  await happen(ctx, fund, fundedBy(changes, lines, fund.currency), prepaid)
  const drawnFrom = investorIds.filter((id) => (prepaid.get(id)?.prepaid ?? 0n) < (before.get(id) ?? 0n))
  if (drawnFrom.length > 0) await capExcess(ctx.db, fund.id, drawnFrom)
  await reopenAfter(ctx, fund, changes, lines)
}

function lineChangesOf(changes: readonly AccountChange[], currency: string): LineChange[] {
  const sums = new Map<string, { applied: bigint; fromPrepaid: bigint; excess: bigint }>()
  const of = (lineId: string) => {
    const sum = sums.get(lineId) ?? { applied: 0n, fromPrepaid: 0n, excess: 0n }
    sums.set(lineId, sum)
    return sum
  }
  for (const change of changes) {
    for (const { lineId, from, amount } of movesOnLines(change)) {
      of(lineId).applied += amount
      if (from === 'prepaid') of(lineId).fromPrepaid += amount
    }
    if (change.excess) of(change.excess.lineId).excess += change.excess.amount
  }
  return [...sums].map(([lineId, { applied, fromPrepaid, excess }]) => ({
    lineId,
    applied: fromMinor(applied, currency),
    fromPrepaid: fromMinor(fromPrepaid, currency),
    excess: fromMinor(excess, currency),
  }))
}

/** What each change has paid in, or taken back: of each line the inside first, one change after another. */
function fundedBy(
  changes: readonly AccountChange[],
  lines: readonly ChangedLine[],
  currency: string,
): PositionHappening[] {
  const stands = new Map(
    lines.map(({ lineId, inside, before }) => [
      lineId,
      { inside: toMinor(inside, currency), applied: toMinor(before, currency) },
    ]),
  )
  const move = (lineId: string, amount: bigint): Split => {
    const line = stands.get(lineId)
    if (!line) throw new Error('a line that was changed is not among those that were')
    const before = line.applied
    line.applied += amount
    return splitBetween(line.inside, before, line.applied)
  }
  return changes.flatMap((change) => {
    const parts = movesOnLines(change).map(({ lineId, amount }) => move(lineId, amount))
    const insideCommitment = sumOf(parts.map((part) => part.insideCommitment))
    const outsideCommitment = sumOf(parts.map((part) => part.outsideCommitment))
    if (insideCommitment === 0n && outsideCommitment === 0n) return []
    const { investorId, on: date, paymentId } = change
    return [
      {
        investorId,
        event: { kind: 'funded', date, insideCommitment, outsideCommitment } as const,
        source: { kind: 'payment', id: paymentId } as const,
      },
    ]
  })
}

/** A closed call has nothing outstanding: what was taken back makes it an issued one again. */
async function reopenAfter(
  ctx: Ctx,
  fund: HeldFund,
  changes: readonly AccountChange[],
  lines: readonly ChangedLine[],
): Promise<void> {
  const taken = new Set(
    changes.flatMap((change) =>
      movesOnLines(change)
        .filter(({ amount }) => amount < 0n)
        .map(({ lineId }) => lineId),
    ),
  )
  const callIds = [...new Set(lines.filter(({ lineId }) => taken.has(lineId)).map(({ callId }) => callId))]
  if (callIds.length === 0) return
  for (const { id, version } of await reopenClosed(ctx.db, fund.id, callIds, ctx.now())) {
    audit(ctx, {
      action: 'capital_call.reopened',
      subject: 'capital_call',
      subjectId: id,
      before: { state: 'CLOSED' },
      after: { state: 'ISSUED', version },
    })
    emit(ctx, 'capital_call.changed', { fundId: fund.id, callId: id, state: 'ISSUED', version })
  }
}
