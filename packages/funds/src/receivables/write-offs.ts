// A shortfall that was written off is outstanding again when what was paid of the line goes back.
import { audit } from '@throughline/accounts'
import type { Ctx } from '@throughline/db'
import { type HeldFund, happen, reverse } from '../books/index.ts'
import { toMinor } from '../minor-units.ts'
import { splitBetween } from './accounts.ts'
import { takeWriteOffs } from './write-offs.repo.ts'

/**
 * Takes back what was written off of some lines, with the entries that said so, in a fund that is held.
 * @throws AppError unprocessable for a day in the locked period
 */
export async function takeBackWriteOffs(
  ctx: Ctx,
  fund: HeldFund,
  lineIds: readonly string[],
  { on, reason }: { on: string; reason: string },
): Promise<void> {
  if (lineIds.length === 0) return
  const taken = await takeWriteOffs(ctx.db, fund.id, lineIds, ctx.now())
  for (const { lineId, entryIds } of taken) {
    for (const entryId of entryIds) await reverse(ctx, fund, entryId, { reason, effectiveOn: on })
    audit(ctx, { action: 'write_off.taken_back', subject: 'capital_call_line', subjectId: lineId, after: { reason } })
  }
  const inMinor = (decimal: string) => toMinor(decimal, fund.currency)
  await happen(
    ctx,
    fund,
    taken.map(({ lineId, investorId, inside, applied, writtenOff }) => {
      const paid = inMinor(applied)
      const split = splitBetween(inMinor(inside), paid + inMinor(writtenOff), paid)
      return {
        investorId,
        event: { kind: 'written_off', date: on, ...split },
        source: { kind: 'capital_call', id: lineId },
        reason,
      }
    }),
  )
}
