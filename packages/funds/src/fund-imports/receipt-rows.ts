// Bookings of a bank from a file: matched and booked as those of a gateway are.
import type { Ctx } from '@throughline/db'
import * as z from 'zod'
import type { HeldFund } from '../books/index.ts'
import { toMinor } from '../minor-units.ts'
import { takeReceipts } from '../receipts/index.ts'
import type { ImportFile } from './imports.repo.ts'
import { readyRows } from './staging.repo.ts'

/** Each batch reads the open lines of the fund once. */
const atOnce = 5000
const receiptRow = z.object({
  bankReference: z.string(),
  account: z.string(),
  valueDate: z.string(),
  amount: z.string(),
  text: z.string(),
  payer: z.string(),
})

export async function addReceipts(ctx: Ctx, fund: HeldFund, { id }: ImportFile): Promise<void> {
  const { currency } = fund
  for await (const rows of readyRows(ctx.db, atOnce)) {
    const lines = rows.map(({ row }) => {
      const { amount, ...receipt } = receiptRow.parse(row)
      return { ...receipt, currency, amount: toMinor(amount, currency) }
    })
    await takeReceipts(ctx, fund, lines, { kind: 'bank_file', id })
  }
}
