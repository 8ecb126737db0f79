// What funds take of a deal together is not more than the deal is worth.
import type { Ctx } from '@throughline/db'
import { readDeals } from '../allocations/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { type CheckResult, type ComparedFund, type FoundBreak, keptBreaks } from './check.repo.ts'
import { readDealAllocations } from './reconciliation.repo.ts'

/** Of the deals that the fund has a part of: all funds of the firm together. Two statements. */
export async function checkDealAllocations(ctx: Ctx, { id, currency }: ComparedFund): Promise<CheckResult> {
  const taken = await readDealAllocations(ctx.db, id)
  const deals = new Map(
    (
      await readDeals(
        ctx.db,
        taken.map(({ dealId }) => dealId),
      )
    ).map((deal) => [deal.id, deal]),
  )
  const breaks = taken.flatMap(({ dealId, amount }): FoundBreak[] => {
    const deal = deals.get(dealId)
    const place = { subject: `deal:${dealId}`, label: deal?.title ?? dealId }
    if (!deal) return [{ ...place, expected: 'a deal', found: 'none: it is in the trash' }]
    if (deal.stage !== 'CLOSED_WON') return [{ ...place, expected: 'a won deal', found: deal.stage }]
    if (deal.currency !== currency) return [{ ...place, expected: currency, found: deal.currency }]
    const worth = toMinor(deal.value, currency)
    return toMinor(amount, currency) <= worth
      ? []
      : [{ ...place, expected: `at most ${fromMinor(worth, currency)}`, found: amount }]
  })
  return {
    comparison: 'deal_allocations',
    basis: 'stored',
    compared: taken.length,
    breakCount: breaks.length,
    breaks: breaks.slice(0, keptBreaks),
  }
}
