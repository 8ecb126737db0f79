// The figures of an investor: in one fund on a day, and in all of its funds today.
import { AppError, type InvestorFigures, type InvestorFiguresList } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { type InvestorFlow, investorFlows, investorFlowsByFund } from '../cash-flows/index.ts'
import { findInvestor, noSuchInvestor } from '../investors/index.ts'
import { toMinor } from '../minor-units.ts'
import { irrOf, type RecallablePolicy } from '../performance/index.ts'
import { readLastShares, readShareUpTo } from '../valuation/index.ts'
import { hasPosition, readSums } from './figures.repo.ts'
import { readSumsOfInvestor } from './investor-sums.repo.ts'
import { irrView, netFlows, ratiosOf } from './ratios.ts'
import { amountsOf, type Sums, sumsOf, sumsOn } from './sums.ts'

interface Parts {
  fundId: string
  investorId: string
  currency: string
  asOf: string
  policy: RecallablePolicy
  sums: Sums
  /** A decimal. */
  prepaid: string
  flows: readonly InvestorFlow[]
  /** Of the last struck NAV. */
  share: { ending: string; asOf: string } | undefined
}

function viewOf({ fundId, investorId, currency, asOf, policy, sums, prepaid, flows, share }: Parts): InvestorFigures {
  const nav = toMinor(share?.ending ?? '0', currency)
  return {
    ...{ fundId, investorId, currency, asOf },
    ...amountsOf(sums, { prepaid: toMinor(prepaid, currency), nav }, currency),
    ...ratiosOf(sums, nav, policy),
    irr: irrView(irrOf(netFlows(flows), { date: asOf, amount: nav })),
    navAsOf: share?.asOf ?? null,
  }
}

/** At the end of a day, today without one. @throws AppError not_found, also for an investor without a position in the fund */
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
  const policy = fund.terms.recallablePolicy
  return viewOf({ fundId, investorId, currency: fund.currency, asOf, policy, sums, prepaid, flows, share })
}

/** In every fund, by its name, as of today there: four questions, whatever the number of funds. @throws AppError not_found */
export async function investorFiguresNow(ctx: Ctx, investorId: string): Promise<InvestorFiguresList> {
  if (!(await findInvestor(ctx.db, investorId))) throw noSuchInvestor()
  const rows = await readSumsOfInvestor(ctx.db, investorId, ctx.now())
  const days = rows.map(({ fundId, day }) => ({ fundId, day }))
  const flows = await investorFlowsByFund(
    ctx,
    investorId,
    days.map(({ fundId }) => fundId),
  )
  const shares = new Map((await readLastShares(ctx.db, investorId, days)).map((share) => [share.fundId, share]))
  return {
    data: rows.map((row) => {
      const { fundId, fundName, currency, policy, prepaid, day } = row
      const own = (flows.get(fundId) ?? []).filter(({ on }) => on <= day)
      const sums = sumsOf(row, currency)
      const parts = { fundId, investorId, currency, policy, prepaid, sums, flows: own }
      return { ...viewOf({ ...parts, asOf: day, share: shares.get(fundId) }), fundName }
    }),
  }
}
