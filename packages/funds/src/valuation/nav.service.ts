// Strikes the net asset value of a fund and every investor's part of it.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type InvestorNavShareView,
  type NavKind,
  type NavPeriodView,
  type NavShareView,
  type Page,
  type PageQuery,
} from '@throughline/contracts'
import { asIs, type Ctx, toPage } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { fundToRead, type HeldFund, holdFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { accruedCarryOf, carryPaid, dealFlows, holdingsOf, investorFlows, totalOf } from '../cash-flows/index.ts'
import { findInvestor, noSuchInvestor } from '../investors/index.ts'
import { type AccountCode, netAssetsFrom } from '../ledger/index.ts'
import { fromMinor, smaller, toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { balancesOn, ownBalancesOn } from '../trial-balance/index.ts'
import {
  insertPeriod,
  insertShares,
  type NamedShareRow,
  readCommitted,
  readPeriod,
  readPeriods,
  readPeriodUpTo,
  readSharePage,
  readShares,
  readSharesOfInvestor,
  type ShareRow,
} from './nav.repo.ts'
import { type Common, endingOf, type NavParty, sharesOf, since, type ToDate } from './nav.rules.ts'

/**
 * Net assets at the end of a day, by the books, and each investor's share as a roll-forward from the day that was struck
 * before. Struck again with the same result it is the one that is there; with another, a new revision.
 * @throws AppError not_found; unprocessable for a day to come, or a result that nobody shares
 */
export function strikeNav(ctx: Ctx, fundId: string, on: string, kind: NavKind): Promise<NavPeriodView> {
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    if (on > dayIn(fund.timeZone, ctx.now())) throw refused('This day has not come yet.', { on })
    const balances = await balancesOn(ctx, fund, on)
    const carry = await carryPaid(ctx, fund, on)
    const netAssets = netAssetsFrom(balances)
    const accrued = accruedCarryOf(fund.terms, {
      flows: await investorFlows(ctx, fund, on),
      holdings: holdingsOf(await dealFlows(ctx, fund, on)),
      ...{ paid: totalOf(carry), nav: netAssets, asOf: on },
    })
    const [nav, accruedCarry] = [fromMinor(netAssets, fund.currency), fromMinor(accrued, fund.currency)]
    const now = sharesOf(await partiesOf(ctx, fund, on, carry), commonOf(balances, accrued))
    const rows = await rollForward(ctx, fund, on, now)
    const last = await readPeriodUpTo(ctx.db, fundId, on, true)
    const standing = last?.asOf === on ? last : undefined
    if (standing && standing.kind === kind && (await saysTheSame(ctx, fund, standing, { nav, accruedCarry, rows })))
      return standing
    const id = await insertPeriod(
      ctx.db,
      { fundId, asOf: on, revision: (standing?.revision ?? 0) + 1, nav, accruedCarry, kind },
      ctx.now(),
    )
    await insertShares(ctx.db, id, rows)
    audit(ctx, {
      action: 'nav.struck',
      subject: 'nav_period',
      subjectId: id,
      after: { fundId, asOf: on, nav, accruedCarry, kind },
    })
    emit(ctx, 'nav.changed', { fundId, asOf: on })
    return periodToRead(ctx, id)
  })
}

async function saysTheSame(
  ctx: Ctx,
  { currency }: HeldFund,
  standing: NavPeriodView,
  struck: { nav: string; accruedCarry: string; rows: readonly ShareRow[] },
): Promise<boolean> {
  for (const amount of ['nav', 'accruedCarry'] as const)
    if (toMinor(standing[amount], currency) !== toMinor(struck[amount], currency)) return false
  const before = await readShares(ctx.db, standing.id)
  if (before.length !== struck.rows.length) return false
  const endings = new Map(before.map((row) => [row.investorId, toMinor(row.ending, currency)]))
  return struck.rows.every((row) => endings.get(row.investorId) === toMinor(row.ending, currency))
}

/** Two questions, whatever the number of investors. */
async function rollForward(
  ctx: Ctx,
  fund: HeldFund,
  on: string,
  now: ReadonlyMap<string, ToDate>,
): Promise<ShareRow[]> {
  const before = await readPeriodUpTo(ctx.db, fund.id, on, false)
  const earlier = new Map((before ? await readShares(ctx.db, before.id) : []).map((row) => [row.investorId, row]))
  const investorIds = [...new Set([...now.keys(), ...earlier.keys()])].sort()
  return investorIds.map((investorId) => {
    const row = earlier.get(investorId)
    return rowOf(fund, investorId, { before: row && toDateOf(row, fund.currency), now: now.get(investorId) ?? nothing })
  })
}

const nothing: ToDate = { contributions: 0n, distributions: 0n, income: 0n, fees: 0n, unrealised: 0n, carry: 0n }

async function partiesOf(
  ctx: Ctx,
  fund: HeldFund,
  on: string,
  carry: ReadonlyMap<string, bigint>,
): Promise<NavParty[]> {
  const committed = new Map((await readCommitted(ctx.db, fund.id, on)).map((row) => [row.investorId, row]))
  const own = await ownBalancesOn(ctx, fund, on)
  const investorIds = [...new Set([...committed.keys(), ...own.keys()])].sort()
  return investorIds.map((investorId) => {
    const row = committed.get(investorId)
    const commitment = BigInt(row?.commitment ?? 0)
    return {
      investorId,
      commitment,
      feeFree: smaller(toMinor(row?.feeFree ?? '0', fund.currency), commitment),
      contributions: own.get(investorId)?.contributions ?? 0n,
      distributions: own.get(investorId)?.distributions ?? 0n,
      carryReceived: carry.get(investorId) ?? 0n,
    }
  })
}

/** Credits are what the fund has earned. */
function commonOf(balances: ReadonlyMap<AccountCode, bigint>, accruedCarry: bigint): Common {
  const of = (...codes: AccountCode[]) => -codes.reduce((sum, code) => sum + (balances.get(code) ?? 0n), 0n)
  return {
    income: of('realised_gain', 'investment_income', 'late_interest'),
    managementFee: of('management_fee'),
    expenses: of('fund_expense', 'line_interest', 'written_off'),
    unrealised: of('unrealised_gain'),
    accruedCarry,
  }
}

const toDateOf = (row: ShareRow, currency: string): ToDate => ({
  contributions: toMinor(row.contributionsToDate, currency),
  distributions: toMinor(row.distributionsToDate, currency),
  income: toMinor(row.incomeToDate, currency),
  fees: toMinor(row.feesToDate, currency),
  unrealised: toMinor(row.unrealisedToDate, currency),
  carry: toMinor(row.carryToDate, currency),
})

function rowOf(
  { currency }: HeldFund,
  investorId: string,
  { before, now }: { before: ToDate | undefined; now: ToDate },
): ShareRow {
  const money = (amount: bigint) => fromMinor(amount, currency)
  const moved = since(before, now)
  return {
    investorId,
    beginning: money(before ? endingOf(before) : 0n),
    contributions: money(moved.contributions),
    distributions: money(moved.distributions),
    income: money(moved.income),
    fees: money(moved.fees),
    unrealised: money(moved.unrealised),
    carry: money(moved.carry),
    ending: money(endingOf(now)),
    contributionsToDate: money(now.contributions),
    distributionsToDate: money(now.distributions),
    incomeToDate: money(now.income),
    feesToDate: money(now.fees),
    unrealisedToDate: money(now.unrealised),
    carryToDate: money(now.carry),
  }
}

async function periodToRead(ctx: Ctx, id: string): Promise<NavPeriodView> {
  const period = await readPeriod(ctx.db, id)
  if (!period) throw new AppError('not_found', { message: 'There is no such net asset value.' })
  return period
}

/** The latest first. @throws AppError not_found */
export async function listNav(ctx: Ctx, fundId: string, query: PageQuery): Promise<Page<NavPeriodView>> {
  await fundToRead(ctx, fundId)
  const rows = await readPeriods(ctx.db, fundId, query)
  return toPage(rows, query.limit, ({ asOf, revision }) => [asOf, revision], asIs)
}

/** In the order of investors' ids. @throws AppError not_found */
export async function listNavShares(ctx: Ctx, periodId: string, query: PageQuery): Promise<Page<NavShareView>> {
  await periodToRead(ctx, periodId)
  const rows = await readSharePage(ctx.db, periodId, query)
  return toPage(rows, query.limit, ({ investorId }) => [investorId], shareView)
}

/** What one investor had of each struck net asset value, the latest first. @throws AppError not_found */
export async function listNavSharesOfInvestor(
  ctx: Ctx,
  of: { fundId: string; investorId: string },
  query: PageQuery,
): Promise<Page<InvestorNavShareView>> {
  await fundToRead(ctx, of.fundId)
  if (!(await findInvestor(ctx.db, of.investorId))) throw noSuchInvestor()
  const rows = await readSharesOfInvestor(ctx.db, of, query)
  return toPage(
    rows,
    query.limit,
    ({ asOf, revision }) => [asOf, revision],
    ({ periodId, asOf, revision, kind, nav, beginning, contributions, distributions, ...moved }) => {
      const { income, fees, unrealised, carry, ending } = moved
      return {
        ...{ periodId, asOf, revision, kind, nav, beginning, contributions, distributions },
        ...{ income, fees, unrealised, carry, ending },
      }
    },
  )
}

const shareView = (row: NamedShareRow): NavShareView => {
  const {
    contributionsToDate,
    distributionsToDate,
    incomeToDate,
    feesToDate,
    unrealisedToDate,
    carryToDate,
    ...share
  } = row
  return {
    ...share,
    toDate: {
      contributions: contributionsToDate,
      distributions: distributionsToDate,
      income: incomeToDate,
      fees: feesToDate,
      unrealised: unrealisedToDate,
      carry: carryToDate,
    },
  }
}
