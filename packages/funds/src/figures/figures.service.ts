// The figures of a fund.
import type { FundFigures } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { accruedCarryOf, carryPaid, dealFlows, holdingsOf, investorFlows, totalOf } from '../cash-flows/index.ts'
import { drawnOf, lineFlows } from '../credit-line/index.ts'
import { netAssetsFrom } from '../ledger/index.ts'
import { fromMinor, sumOf } from '../minor-units.ts'
import { irrOf, irrWithoutLine, moicOf } from '../performance/index.ts'
import { balancesOn } from '../trial-balance/index.ts'
import { readPeriodUpTo } from '../valuation/index.ts'
import { irrView, netFlows, ratiosOf } from './ratios.ts'
import { amountsOf, sumsOn } from './sums.ts'

/** At the end of a day, today without one: eight questions, whatever the number of investors. @throws AppError not_found */
export async function fundFiguresOn(ctx: Ctx, fundId: string, day?: string): Promise<FundFigures> {
  const fund = await fundToRead(ctx, fundId)
  const asOf = day ?? dayIn(fund.timeZone, ctx.now())
  const sums = await sumsOn(ctx, fund, asOf)
  const balances = await balancesOn(ctx, fund, asOf)
  const flows = await investorFlows(ctx, fund, asOf)
  const deals = await dealFlows(ctx, fund, asOf)
  const paid = totalOf(await carryPaid(ctx, fund, asOf))
  const struck = await readPeriodUpTo(ctx.db, fundId, asOf, true)
  const line = await lineFlows(ctx, fund, asOf)
  const nav = netAssetsFrom(balances)
  const holdings = holdingsOf(deals)
  const value = sumOf(holdings.map((holding) => holding.value))
  const accruedCarry = accruedCarryOf(fund.terms, { flows, holdings, paid, nav, asOf })
  const gross = deals.map(({ on, invested, proceeds, income }) => ({ date: on, amount: proceeds + income - invested }))
  const net = netFlows(flows)
  const ofInvestors = { date: asOf, amount: nav - accruedCarry }
  return {
    fundId,
    currency: fund.currency,
    asOf,
    investors: sums.investors,
    ...amountsOf(sums, { prepaid: -(balances.get('prepaid_capital') ?? 0n), nav }, fund.currency),
    ...ratiosOf(sums, ofInvestors.amount, fund.terms.recallablePolicy),
    moic: moicOf({
      invested: sumOf(holdings.map(({ invested }) => invested)),
      realised: sumOf(holdings.map(({ realised }) => realised)),
      value,
    }),
    irr: {
      gross: irrView(irrOf(gross, { date: asOf, amount: value })),
      net: irrView(irrOf(net, ofInvestors)),
    },
    accruedCarry: fromMinor(accruedCarry, fund.currency),
    subscriptionLine:
      line.length === 0
        ? 'none_recorded'
        : {
            drawn: fromMinor(drawnOf(line), fund.currency),
            netIrrWithout: irrView(irrWithoutLine(net, ofInvestors, line)),
          },
    struckOn: struck?.asOf ?? null,
  }
}
