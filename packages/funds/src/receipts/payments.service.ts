// Payments, to look at.
import { AppError, type ListPayments, type Page, type PaymentDetail, type PaymentView } from '@throughline/contracts'
import { asIs, type Ctx, decodeCursor, toPage } from '@throughline/db'
import * as z from 'zod'
import { fundToRead } from '../books/index.ts'
import { accounts, isAccountCode } from '../ledger/index.ts'
import { fromMinor } from '../minor-units.ts'
import { findPayments, type PaymentParts, readPayment, readPaymentParts } from './payment-reads.repo.ts'

const position = z.tuple([z.uuid()])

/** What was done with money of a fund, newest first. @throws AppError not_found */
export async function listPayments(
  ctx: Ctx,
  fundId: string,
  { cursor, ...query }: ListPayments,
): Promise<Page<PaymentView>> {
  await fundToRead(ctx, fundId)
  const before = cursor === undefined ? undefined : decodeCursor(cursor, position)[0]
  return toPage(await findPayments(ctx.db, fundId, { ...query, before }), query.limit, ({ id }) => [id], asIs)
}

/** One payment, what it moved and what the books say of it. @throws AppError not_found */
export async function getPayment(ctx: Ctx, paymentId: string): Promise<PaymentDetail> {
  const payment = await readPayment(ctx.db, paymentId)
  const parts = await readPaymentParts(ctx.db, paymentId)
  if (!payment || !parts) throw new AppError('not_found', { message: 'There is no such payment.' })
  const { entry, receipt, ...moved } = parts
  const named = entry.lines.map((line) => ({ ...line, account: nameOf(line.account) }))
  return { ...payment, moves: movesOf(moved, payment.currency), receipt, entry: { ...entry, lines: named } }
}

const nameOf = (account: string): string => (isAccountCode(account) ? accounts[account].name : account)

function movesOf({ moves, lines }: Pick<PaymentParts, 'moves' | 'lines'>, currency: string): PaymentDetail['moves'] {
  const lineOf = new Map(lines.map((line) => [line.lineId, line]))
  return moves.map(({ on, lineId = '', from = null, amount }) => {
    const { reference = null, callTitle = null } = lineOf.get(lineId) ?? {}
    return { on, from, reference, callTitle, amount: fromMinor(BigInt(amount), currency) }
  })
}
