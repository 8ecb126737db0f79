// What all funds hold, by the same rule as what one holds.
import type { PageQuery, PortfolioHoldingPage } from '@throughline/contracts'
import { type Ctx, toPage } from '@throughline/db'
import { readDealTitles } from '../allocations/index.ts'
import { dayIn } from '../calendar-days.ts'
import { type HeldDeal, holdingsOf, readFlowsOfHoldings, toDealFlow } from '../cash-flows/index.ts'
import { readHeldDeals } from './all-holdings.repo.ts'
import { toHoldingView } from './holdings.service.ts'
import { readLastMarksOf } from './marks.repo.ts'

const keyOf = ({ fundId, dealId }: HeldDeal): string => `${dealId} ${fundId}`

/**
 * Holdings of every fund as of today, the newest deals first: four questions, whatever the number of funds. What was booked and
 * taken back wholly is in no line.
 */
export async function listAllHoldings(ctx: Ctx, query: PageQuery): Promise<PortfolioHoldingPage> {
  const asOf = dayIn('UTC', ctx.now())
  const { data: held, page } = toPage(
    await readHeldDeals(ctx.db, query, asOf),
    query.limit,
    ({ dealId, fundId }) => [dealId, fundId],
    (row) => row,
  )
  const flows = Map.groupBy(await readFlowsOfHoldings(ctx.db, held, asOf), keyOf)
  const marks = new Map((await readLastMarksOf(ctx.db, held, asOf)).map((mark) => [keyOf(mark), mark.markedOn]))
  const titles = await readDealTitles(ctx.db, [...new Set(held.map(({ dealId }) => dealId))])
  return {
    asOf,
    page,
    data: held.flatMap((row) => {
      const { fundId, fundName, currency, dealId } = row
      const own = (flows.get(keyOf(row)) ?? []).map((flow) => toDealFlow(flow, currency))
      const about = { currency, dealTitle: titles.get(dealId) ?? '', markedOn: marks.get(keyOf(row)) ?? null }
      return holdingsOf(own).map((holding) => ({
        ...toHoldingView(holding, about),
        ...{ fundId, fundName, currency },
      }))
    }),
  }
}
