// Commitments from a file: rows, and what happens to the investors, as if each had been added by hand.
import { randomUUIDv7 } from 'node:crypto'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import * as z from 'zod'
import { type Beside, type HeldFund, happen, type PositionHappening, readPositions } from '../books/index.ts'
import { insertCommitments, type NewCommitment } from '../investors/index.ts'
import { sumOf, toMinor } from '../minor-units.ts'
import { createInvestors } from './commitment-rows.repo.ts'
import type { ImportFile } from './imports.repo.ts'
import { readyRows } from './staging.repo.ts'

const atOnce = 1000
const commitmentRow = z.object({
  closeName: z.string(),
  closeDate: z.string(),
  amount: z.string(),
  feeFree: z.boolean(),
})

export async function addCommitments(ctx: Ctx, fund: HeldFund, { options }: ImportFile): Promise<void> {
  if (options.createInvestors) await createInvestors(ctx)
  for await (const rows of readyRows(ctx.db, atOnce)) {
    const commitments = rows.map(({ row, investorId }): NewCommitment => {
      if (investorId === null) throw new Error('a row that was found good has its investor')
      return { id: randomUUIDv7(), fundId: fund.id, investorId, ...commitmentRow.parse(row) }
    })
    await insertCommitments(ctx.db, commitments, ctx.now())
    await happen(ctx, fund, commitments.map(happeningOf(fund)), await feeFreeBeside(ctx, fund, commitments))
  }
  // One for the file: a screen looks at the fund again, not at each of thousands of investors.
  emit(ctx, 'fund.changed', { fundId: fund.id })
}

const happeningOf =
  ({ currency }: HeldFund) =>
  ({ id, investorId, closeDate, amount }: NewCommitment): PositionHappening => ({
    investorId,
    commitmentId: id,
    event: { kind: 'committed', date: closeDate, amount: toMinor(amount, currency) },
    source: { kind: 'commitment', id },
  })

/** What of the commitments pays no fee is kept beside the events. */
async function feeFreeBeside(
  ctx: Ctx,
  fund: HeldFund,
  commitments: readonly NewCommitment[],
): Promise<ReadonlyMap<string, Beside>> {
  const added = Map.groupBy(
    commitments.filter(({ feeFree }) => feeFree),
    ({ investorId }) => investorId,
  )
  if (added.size === 0) return new Map()
  const before = new Map(
    (await readPositions(ctx, fund, [...added.keys()])).map((each) => [each.investorId, each.feeFree]),
  )
  return new Map(
    [...added].map(([investorId, own]) => [
      investorId,
      { feeFree: (before.get(investorId) ?? 0n) + sumOf(own.map(({ amount }) => toMinor(amount, fund.currency))) },
    ]),
  )
}
