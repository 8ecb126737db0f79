// The figures of a fund, of an investor in it, and of all funds together.
import {
  AppError,
  type FundFigures,
  type InvestorFigures,
  type IrrView,
  type PortfolioFigures,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead, type HeldFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import {
  carryPaid,
  dealFlows,
  type Holding,
  holdingsOf,
  type InvestorFlow,
  investorFlows,
  soldAtValue,
  totalOf,
  waterfallOf,
} from '../cash-flows/index.ts'
import { netAssetAccounts, netAssetsFrom } from '../ledger/index.ts'
import { atLeastZero, fromMinor, sumOf, toMinor } from '../minor-units.ts'
import { type Flow, type Irr, irrOf, moicOf, multiplesOf, type RecallablePolicy } from '../performance/index.ts'
import { balancesOn } from '../trial-balance/index.ts'
import { readPeriodUpTo, readShareUpTo } from '../valuation/index.ts'
import { hasPosition, readPortfolioFlows, readPortfolioNav, readPortfolioSums, readSums } from './figures.repo.ts'
import { amountsOf, type Sums, sumsOf, sumsOn } from './sums.ts'

const irrView = (irr: Irr): IrrView =>
  irr.rate === null
    ? { rate: null, reason: irr.reason, warnings: [] }
    : { rate: irr.rate, reason: null, warnings: irr.warnings }

const ratiosOf = (sums: Sums, nav: bigint, policy: RecallablePolicy) => {
  const { dpi, rvpi, tvpi, pic } = multiplesOf({ ...sums, recallable: sums.recallableEver, nav }, policy)
  return { dpi, rvpi, tvpi, pic, policy }
}

const netFlows = (flows: readonly InvestorFlow[]): Flow[] =>
  flows.map(({ on, contributed, distributed }) => ({ date: on, amount: distributed - contributed }))

/** What the general partner would get of the net assets beyond what it has had. */
function accruedCarryOf(
  fund: HeldFund,
  {
    flows,
    holdings,
    paid,
    nav,
    asOf,
  }: { flows: readonly InvestorFlow[]; holdings: readonly Holding[]; paid: bigint; nav: bigint; asOf: string },
): bigint {
  const { carryEarned } = waterfallOf({
    kind: fund.terms.waterfall,
    terms: fund.terms,
    flows,
    holdings: soldAtValue(holdings, asOf),
    carryPaid: paid,
    next: { on: asOf, amount: nav },
  })
  return atLeastZero(carryEarned - paid)
}

/** At the end of a day, today without one: seven questions, whatever the number of investors. @throws AppError not_found */
export async function fundFiguresOn(ctx: Ctx, fundId: string, day?: string): Promise<FundFigures> {
  const fund = await fundToRead(ctx, fundId)
  const asOf = day ?? dayIn(fund.timeZone, ctx.now())
  const sums = await sumsOn(ctx, fund, asOf)
  const balances = await balancesOn(ctx, fund, asOf)
  const flows = await investorFlows(ctx, fund, asOf)
  const deals = await dealFlows(ctx, fund, asOf)
  const paid = totalOf(await carryPaid(ctx, fund, asOf))
  const struck = await readPeriodUpTo(ctx.db, fundId, asOf, true)
  const nav = netAssetsFrom(balances)
  const holdings = holdingsOf(deals)
  const value = sumOf(holdings.map((holding) => holding.value))
  const accruedCarry = accruedCarryOf(fund, { flows, holdings, paid, nav, asOf })
  const gross = deals.map(({ on, invested, proceeds, income }) => ({ date: on, amount: proceeds + income - invested }))
  return {
    fundId,
    currency: fund.currency,
    asOf,
    investors: sums.investors,
    ...amountsOf(sums, { prepaid: -(balances.get('prepaid_capital') ?? 0n), nav }, fund.currency),
    ...ratiosOf(sums, nav, fund.terms.recallablePolicy),
    moic: moicOf({
      invested: sumOf(holdings.map(({ invested }) => invested)),
      realised: sumOf(holdings.map(({ realised }) => realised)),
      value,
    }),
    irr: {
      gross: irrView(irrOf(gross, { date: asOf, amount: value })),
      net: irrView(irrOf(netFlows(flows), { date: asOf, amount: nav - accruedCarry })),
    },
    accruedCarry: fromMinor(accruedCarry, fund.currency),
    subscriptionLine: 'none_recorded',
    struckOn: struck?.asOf ?? null,
  }
}

/** @throws AppError not_found, also for an investor without a position in the fund */
export async function investorFiguresOn(
  ctx: Ctx,
  { fundId, investorId }: { fundId: string; investorId: string },
  day?: string,
): Promise<InvestorFigures> {
  const fund = await fundToRead(ctx, fundId)
  if (!(await hasPosition(ctx.db, fundId, investorId)))
    throw new AppError('not_found', { message: 'There is no such investor in this fund.' })
  const asOf = day ?? dayIn(fund.timeZone, ctx.now())
  const sums = await sumsOn(ctx, fund, asOf, investorId)
  const { prepaid } = await readSums(ctx.db, { fundId, day: asOf, investorId })
  const flows = await investorFlows(ctx, fund, asOf, investorId)
  const share = await readShareUpTo(ctx.db, { fundId, investorId, day: asOf })
  const nav = toMinor(share?.ending ?? '0', fund.currency)
  return {
    fundId,
    investorId,
    currency: fund.currency,
    asOf,
    ...amountsOf(sums, { prepaid: toMinor(prepaid, fund.currency), nav }, fund.currency),
    ...ratiosOf(sums, nav, fund.terms.recallablePolicy),
    irr: irrView(irrOf(netFlows(flows), { date: asOf, amount: nav })),
    navAsOf: share?.asOf ?? null,
  }
}

/** All funds by currency, from their totals: three questions, whatever the number of funds. */
export async function portfolioFiguresNow(ctx: Ctx): Promise<PortfolioFigures> {
  const asOf = dayIn('UTC', ctx.now())
  const rows = await readPortfolioSums(ctx.db, asOf)
  const navs = new Map((await readPortfolioNav(ctx.db, netAssetAccounts, asOf)).map((row) => [row.currency, row.nav]))
  const flows = Map.groupBy(await readPortfolioFlows(ctx.db, asOf), ({ currency }) => currency)
  return {
    asOf,
    data: rows.map((row) => {
      const { currency, funds } = row
      const sums = sumsOf(row, currency)
      const nav = toMinor(navs.get(currency) ?? '0', currency)
      const own = (flows.get(currency) ?? []).map(({ on, amount }) => ({ date: on, amount: BigInt(amount) }))
      return {
        currency,
        funds,
        ...amountsOf(sums, { prepaid: toMinor(row.prepaid, currency), nav }, currency),
        ...ratiosOf(sums, nav, 'gips'),
        policy: 'gips',
        irr: irrView(irrOf(own, { date: asOf, amount: nav })),
      }
    }),
  }
}
