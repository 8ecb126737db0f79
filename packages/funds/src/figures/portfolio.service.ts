// All funds together, by currency: nothing is converted, and no ratio is an average of ratios.
import type { PortfolioFigures, PortfolioFundPage, PortfolioFundsQuery } from '@throughline/contracts'
import { type Ctx, toPage } from '@throughline/db'
import { dayIn } from '../calendar-days.ts'
import { readPortfolioFlows } from '../cash-flows/index.ts'
import { netAssetAccounts } from '../ledger/index.ts'
import { toMinor } from '../minor-units.ts'
import { irrOf } from '../performance/index.ts'
import type { SumRow } from './figures.repo.ts'
import { type NetAssets, readPortfolioFunds, readPortfolioNav, readPortfolioSums } from './portfolio.repo.ts'
import { irrView, ratiosOf } from './ratios.ts'
import { amountsOf, sumsOf } from './sums.ts'

/** Funds have zones of their own: what they come to together is of the day that it is in none. */
const portfolioDay = (ctx: Ctx): string => dayIn('UTC', ctx.now())

/** What of the net assets is of investors: less the carry of each last struck NAV. */
const ofInvestors = ({ nav, accruedCarry }: NetAssets, currency: string): bigint =>
  toMinor(nav, currency) - toMinor(accruedCarry, currency)

/** Of one fund or of many: recallables count on both sides, whatever the terms of each fund say. */
function figuresOf(row: SumRow, assets: NetAssets, currency: string) {
  const sums = sumsOf(row, currency)
  const nav = toMinor(assets.nav, currency)
  return {
    ...amountsOf(sums, { prepaid: toMinor(row.prepaid, currency), nav }, currency),
    ...ratiosOf(sums, ofInvestors(assets, currency), 'gips'),
  }
}

/** All funds by currency, from their totals: three questions, whatever the number of funds. */
export async function portfolioFiguresNow(ctx: Ctx): Promise<PortfolioFigures> {
  const asOf = portfolioDay(ctx)
  const rows = await readPortfolioSums(ctx.db, asOf)
  const navs = new Map((await readPortfolioNav(ctx.db, netAssetAccounts, asOf)).map((row) => [row.currency, row]))
  const flows = Map.groupBy(await readPortfolioFlows(ctx.db, asOf), ({ currency }) => currency)
  return {
    asOf,
    data: rows.map((row) => {
      const { currency, funds } = row
      const assets = navs.get(currency) ?? { nav: '0', accruedCarry: '0' }
      const own = (flows.get(currency) ?? []).map(({ on, amount }) => ({ date: on, amount: BigInt(amount) }))
      return {
        ...{ currency, funds },
        ...figuresOf(row, assets, currency),
        irr: irrView(irrOf(own, { date: asOf, amount: ofInvestors(assets, currency) })),
      }
    }),
  }
}

/** The funds behind the totals of a currency, by name: one question. */
export async function portfolioFundsNow(ctx: Ctx, query: PortfolioFundsQuery): Promise<PortfolioFundPage> {
  const asOf = portfolioDay(ctx)
  const { currency, limit } = query
  const rows = await readPortfolioFunds(ctx.db, query, { accounts: netAssetAccounts, day: asOf })
  const page = toPage(
    rows,
    limit,
    ({ name }) => [name],
    (row) => {
      const { fundId, name, state, vintage } = row
      return { ...{ fundId, name, state, vintage, currency }, ...figuresOf(row, row, currency) }
    },
  )
  return { ...page, asOf }
}
