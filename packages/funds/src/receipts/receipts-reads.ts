// Receipts, to look at; and what the money of one can go to.
import {
  AppError,
  type ListPayers,
  type ListReceipts,
  type ListReceivables,
  type Page,
  type PayerView,
  type ReceiptChanged,
  type ReceiptView,
  type ReceivableView,
} from '@throughline/contracts'
import { asIs, type Ctx, decodeCursor, toPage } from '@throughline/db'
import * as z from 'zod'
import { fundToRead, type HeldFund } from '../books/index.ts'
import { dayIn, daysBetween } from '../calendar-days.ts'
import { atLeastZero, fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { readPaymentsOf } from './payment-reads.repo.ts'
import {
  findPayers,
  findReceipts,
  findReceivables,
  type ReceiptRow,
  readReceiptRow,
  readReceivables,
} from './receipt-reads.repo.ts'

const byId = z.tuple([z.uuid()])
const byDay = z.tuple([z.iso.date(), z.uuid()])
const byName = z.tuple([z.string(), z.uuid()])

/** Receipts of a fund, newest first. @throws AppError not_found */
export async function listReceipts(
  ctx: Ctx,
  fundId: string,
  { cursor, ...query }: ListReceipts,
): Promise<Page<ReceiptView>> {
  const fund = await fundToRead(ctx, fundId)
  const before = cursor === undefined ? undefined : decodeCursor(cursor, byId)[0]
  const rows = await findReceipts(ctx.db, fundId, { ...query, before })
  const page = toPage(rows, query.limit, ({ id }) => [id], asIs)
  return { ...page, data: await viewsOf(ctx, fund, page.data) }
}

/** One receipt and all that was done with it. @throws AppError not_found */
export async function getReceipt(ctx: Ctx, receiptId: string): Promise<ReceiptChanged> {
  const row = await readReceiptRow(ctx.db, receiptId)
  if (!row) throw new AppError('not_found', { message: 'There is no such receipt.' })
  return receiptAfter(ctx, await fundToRead(ctx, row.fundId), receiptId)
}

/** A receipt as a change has left it. */
export async function receiptAfter(ctx: Ctx, fund: HeldFund, receiptId: string): Promise<ReceiptChanged> {
  const row = await readReceiptRow(ctx.db, receiptId)
  const [receipt] = row ? await viewsOf(ctx, fund, [row]) : []
  if (!receipt) throw new Error('a receipt that was changed is gone')
  const payments = await readPaymentsOf(ctx.db, receiptId)
  // Below zero it pays what another one has left owed.
  const owed = sumOf(payments.map((payment) => atLeastZero(toMinor(payment.owed, fund.currency))))
  return { receipt, payments, owed: fromMinor(owed, fund.currency) }
}

async function viewsOf(ctx: Ctx, fund: HeldFund, rows: readonly ReceiptRow[]): Promise<ReceiptView[]> {
  const lineIds = rows.flatMap(({ match }) => match?.lineIds ?? [])
  const lines = lineIds.length > 0 ? await readReceivables(ctx.db, lineIds) : []
  const today = dayIn(fund.timeZone, ctx.now())
  return rows.map(({ match, ...row }) => ({
    ...row,
    currency: fund.currency,
    basis: match?.basis ?? 'none',
    confidence: match?.confidence ?? 0,
    proposed: lines.filter(({ lineId }) => match?.lineIds.includes(lineId)),
    ageDays: Math.max(0, daysBetween(row.valueDate, today)),
  }))
}

/** Open lines of issued calls, the oldest first. @throws AppError not_found */
export async function listReceivables(
  ctx: Ctx,
  fundId: string,
  { cursor, ...query }: ListReceivables,
): Promise<Page<ReceivableView>> {
  await fundToRead(ctx, fundId)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, byDay)
  const rows = await findReceivables(ctx.db, fundId, { ...query, after })
  return toPage(rows, query.limit, ({ dueDate, lineId }) => [dueDate, lineId], asIs)
}

/** Investors of a fund by name, with what they have paid in advance and what they owe. @throws AppError not_found */
export async function listPayers(ctx: Ctx, fundId: string, { cursor, ...query }: ListPayers): Promise<Page<PayerView>> {
  await fundToRead(ctx, fundId)
  const after = cursor === undefined ? undefined : decodeCursor(cursor, byName)
  const rows = await findPayers(ctx.db, fundId, { ...query, after })
  return toPage(rows, query.limit, ({ name, investorId }) => [name, investorId], asIs)
}
