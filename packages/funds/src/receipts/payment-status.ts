// What an investor may know of the payment of a line, as the portal shows it: no names, no entries.
import type { Ctx } from '@throughline/db'
import { fundToRead } from '../books/index.ts'
import { type LineState, lineStateOf, outstandingOf, overdueDays } from '../calls/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { type LinePayment, readLineStatus, type StatusRow } from './payment-status.repo.ts'

export interface PaymentStatus {
  state: LineState
  reference: string
  currency: string
  dueDate: string
  /** Decimals. */
  due: string
  applied: string
  outstanding: string
  daysLate: number
  /** What was done for this line, by value date. */
  payments: LinePayment[]
}

/** How far a line of an issued call is paid; nothing for a line that there is not, or whose call is not issued. */
export async function paymentStatusOf(ctx: Ctx, lineId: string): Promise<PaymentStatus | undefined> {
  const row = await readLineStatus(ctx.db, lineId)
  if (!row) return undefined
  const { currency, timeZone } = await fundToRead(ctx, row.fundId)
  const line = lineOf(row, currency)
  const outstanding = outstandingOf(line)
  const { reference, dueDate, due, applied, payments } = row
  const daysLate = overdueDays(outstanding, dueDate, timeZone, ctx.now())
  return {
    ...{ state: lineStateOf(line, daysLate), reference, currency, dueDate, due, applied, daysLate, payments },
    outstanding: fromMinor(outstanding, currency),
  }
}

const lineOf = (row: StatusRow, currency: string) => ({
  due: toMinor(row.due, currency),
  applied: toMinor(row.applied, currency),
  writtenOff: toMinor(row.writtenOff, currency),
  excess: toMinor(row.excess, currency),
  excused: row.excused,
  notified: row.notified,
  standing: row.standing,
})
