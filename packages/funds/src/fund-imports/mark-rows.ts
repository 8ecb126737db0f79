// Marks from a file, each as if it had been made by hand.
import type { Ctx } from '@throughline/db'
import * as z from 'zod'
import type { HeldFund } from '../books/index.ts'
import { markHolding } from '../valuation/index.ts'
import type { ImportFile } from './imports.repo.ts'
import { onLine } from './line-refused.ts'
import { readyRows } from './staging.repo.ts'

const atOnce = 500
const markRow = z.object({ markedOn: z.string(), amount: z.string(), reason: z.string().nullable() })

export async function addMarks(ctx: Ctx, fund: HeldFund, { fileName }: ImportFile): Promise<void> {
  for await (const rows of readyRows(ctx.db, atOnce))
    for (const { line, dealId, row } of rows) {
      if (dealId === null) throw new Error('a row that was found good has its deal')
      const { markedOn: on, amount: value, reason } = markRow.parse(row)
      await onLine(line, markHolding(ctx, fund.id, { dealId, on, value, reason: reason ?? `From ${fileName}` }))
    }
}
