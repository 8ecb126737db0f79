// How distributions ran through the tiers, and how the net assets would.
import type { WaterfallStatement } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import {
  carryPaid,
  dealFlows,
  holdingsOf,
  investorFlows,
  sharesView,
  soldAtValue,
  titlesOfSteps,
  totalOf,
  waterfallOf,
} from '../cash-flows/index.ts'
import { netAssetsFrom } from '../ledger/index.ts'
import { fromMinor } from '../minor-units.ts'
import { balancesOn } from '../trial-balance/index.ts'

/** @throws AppError not_found; unprocessable for terms that no waterfall can run on */
export async function waterfallStatementOn(ctx: Ctx, fundId: string, day?: string): Promise<WaterfallStatement> {
  const fund = await fundToRead(ctx, fundId)
  const asOf = day ?? dayIn(fund.timeZone, ctx.now())
  const nav = netAssetsFrom(await balancesOn(ctx, fund, asOf))
  const holdings = holdingsOf(await dealFlows(ctx, fund, asOf))
  const paid = totalOf(await carryPaid(ctx, fund, asOf))
  const input = {
    kind: fund.terms.waterfall,
    terms: fund.terms,
    flows: await investorFlows(ctx, fund, asOf),
    carryPaid: paid,
  }
  const had = waterfallOf({ ...input, holdings, next: null }).steps.length
  const { steps, carryEarned } = waterfallOf({
    ...input,
    holdings: soldAtValue(holdings, asOf),
    next: { on: asOf, amount: nav },
  })
  const held = new Set(holdings.filter(({ cost }) => cost > 0n).map(({ dealId }) => dealId))
  const titles = await titlesOfSteps(ctx, steps)
  const money = (amount: bigint) => fromMinor(amount, fund.currency)
  const { preferredReturn, carry, catchUp } = fund.terms
  return {
    currency: fund.currency,
    asOf,
    kind: fund.terms.waterfall,
    terms: { preferredReturn, carry, catchUp },
    steps: steps.map(({ date, shares, dealId }, index) => ({
      on: date,
      label: titles.get(dealId ?? '') ?? (index < had ? 'Distributed' : 'If everything were sold at its value'),
      hypothetical: dealId === undefined ? index >= had : held.has(dealId),
      shares: sharesView(shares, fund.currency),
    })),
    carryEarned: money(carryEarned),
    carryPaid: money(paid),
  }
}
