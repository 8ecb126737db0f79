// How the money of a fund went out and came back, month by month.
import type { JCurve } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead } from '../books/index.ts'
import { addDays, addMonths, dayIn } from '../calendar-days.ts'
import { investorFlows } from '../cash-flows/index.ts'
import { netAssetAccounts, netAssetsFrom } from '../ledger/index.ts'
import { fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { balancesOn } from '../trial-balance/index.ts'
import { readNavByMonth } from './figures.repo.ts'

/** From the first month in which something happened to today: four questions. @throws AppError not_found */
export async function jCurveOf(ctx: Ctx, fundId: string): Promise<JCurve> {
  const fund = await fundToRead(ctx, fundId)
  const today = dayIn(fund.timeZone, ctx.now())
  const flows = await investorFlows(ctx, fund, today)
  const navs = (await readNavByMonth(ctx.db, fundId, netAssetAccounts)).map(({ month, amount }) => ({
    month,
    amount: toMinor(amount, fund.currency),
  }))
  const navToday = netAssetsFrom(await balancesOn(ctx, fund, today))
  const money = (amount: bigint) => fromMinor(amount, fund.currency)
  const first = [flows[0]?.on, navs[0]?.month].filter((day) => day !== undefined).toSorted()[0]
  const points = first === undefined ? [] : monthEnds(first, today)
  return {
    currency: fund.currency,
    data: points.map((on) => {
      const past = flows.filter((flow) => flow.on <= on)
      const contributed = sumOf(past.map((flow) => flow.contributed))
      const distributed = sumOf(past.map((flow) => flow.distributed))
      const nav = on === today ? navToday : sumOf(navs.filter(({ month }) => month <= on).map(({ amount }) => amount))
      return {
        on,
        contributed: money(contributed),
        distributed: money(distributed),
        netCashFlow: money(distributed - contributed),
        nav: money(nav),
      }
    }),
  }
}

/** The last day of each month, and today. */
function monthEnds(from: string, today: string): string[] {
  const ends: string[] = []
  for (let month = `${from.slice(0, 7)}-01`; month <= today; month = addMonths(month, 1)) {
    const end = addDays(addMonths(month, 1), -1)
    ends.push(end < today ? end : today)
  }
  return ends
}
