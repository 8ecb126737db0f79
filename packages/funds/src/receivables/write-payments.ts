// A payment is one row, one entry of the books and what it has moved; all three are written here and nowhere else.
import type { PaymentKind } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { type HeldFund, post } from '../books/index.ts'
import { idsInOrder } from '../ids-in-order.ts'
import type { Entry } from '../ledger/index.ts'
import { fromMinor } from '../minor-units.ts'
import type { Move } from '../payments/index.ts'
import { applyMoves } from './apply-moves.ts'
import { insertPayments, markReversed, type PaymentRow } from './payments.repo.ts'

export interface NewPayment {
  kind: PaymentKind
  investorId: string
  receiptId?: string | undefined
  callId?: string | undefined
  /** What it was for. */
  lineId?: string | undefined
  /** The whole of it, in minor units, above zero. */
  amount: bigint
  onLine?: bigint | undefined
  prepaid?: bigint | undefined
  /** Of what takes a receipt back: what there is nothing left of to take. Below zero in a receipt that pays it. */
  owed?: bigint | undefined
  moves: readonly Move[]
  entry: Entry
  /** The day that it belongs to. */
  on: string
  reverses?: { paymentId: string; entryId: string } | undefined
  reason?: string | undefined
}

export interface WrittenPayment {
  id: string
  entryId: string
}

/**
 * Writes payments of a fund that is held, with their entries, and moves lines and positions, in the order given and in a
 * constant number of statements.
 * @returns their ids and entries, in the order given
 * @throws AppError unprocessable for a day in the locked period
 */
export async function writePayments(
  ctx: Ctx,
  fund: HeldFund,
  payments: readonly NewPayment[],
): Promise<WrittenPayment[]> {
  if (payments.length === 0) return []
  const ids = idsInOrder(payments.length)
  const idOf = (index: number) => ids[index] ?? ''
  const entryIds = await post(
    ctx,
    fund,
    payments.map(({ entry, on, reverses, reason }, index) => ({
      entry,
      effectiveOn: on,
      source: { kind: 'payment', id: idOf(index) },
      ...(reverses && { reversesId: reverses.entryId }),
      reason,
    })),
  )
  const written = ids.map((id, index) => ({ id, entryId: entryIds[index] ?? '' }))
  const rows = payments.map((payment, index) => rowOf(ctx, fund, payment, written[index] ?? { id: '', entryId: '' }))
  await insertPayments(ctx.db, fund.id, rows, ctx.now())
  const reversed = payments.flatMap(({ reverses }) => (reverses ? [reverses.paymentId] : []))
  if (reversed.length > 0) await markReversed(ctx.db, reversed, ctx.now())
  await applyMoves(
    ctx,
    fund,
    payments.map(({ investorId, moves, on, lineId, prepaid = 0n, reverses }, index) => ({
      investorId,
      moves,
      on,
      paymentId: idOf(index),
      excess: lineId && prepaid !== 0n ? { lineId, amount: reverses ? -prepaid : prepaid } : undefined,
    })),
  )
  return written
}

function rowOf(ctx: Ctx, { currency }: HeldFund, payment: NewPayment, { id, entryId }: WrittenPayment): PaymentRow {
  const decimal = (amount = 0n) => fromMinor(amount, currency)
  const { kind, investorId, receiptId, callId, lineId, moves, on, reverses, reason } = payment
  return {
    id,
    investorId,
    kind,
    receiptId: receiptId ?? null,
    callId: callId ?? null,
    lineId: lineId ?? null,
    amount: decimal(payment.amount),
    onLine: decimal(payment.onLine),
    prepaid: decimal(payment.prepaid),
    owed: decimal(payment.owed),
    moves: moves.map((move) => ({ ...move, amount: String(move.amount) })),
    valueDate: on,
    reversesId: reverses?.paymentId ?? null,
    reason: reason ?? null,
    entryId,
    createdById: ctx.actor.id,
  }
}
