// Use cases of funds.
import { AppError, type FundSummary, type FundView, fundTerms, type ListFunds, type Page } from '@throughline/contracts'
import { type Ctx, toPage } from '@throughline/db'
import { type FundRow, findFund, findFunds } from './fund-reads.repo.ts'

const noSuchFund = () => new AppError('not_found', { message: 'There is no such fund.' })

const toSummary = ({ id, name, currency, timeZone, vintage, state, asOf, totals }: FundRow): FundSummary => ({
  ...{ id, name, currency, timeZone, vintage, state, asOf, totals },
})

const toView = (row: FundRow): FundView => ({
  ...toSummary(row),
  legalName: row.legalName,
  terms: fundTerms.parse(row.terms),
  wireMask: row.wireMask,
  lockedThrough: row.lockedThrough,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})

/** Funds by name, each with the totals of its investors. */
export const listFunds = async (ctx: Ctx, query: ListFunds): Promise<Page<FundSummary>> =>
  toPage(await findFunds(ctx.db, query, ctx.now()), query.limit, ({ name }) => [name], toSummary)

/** @throws AppError not_found */
export async function getFund(ctx: Ctx, id: string): Promise<FundView> {
  const fund = await findFund(ctx.db, id, ctx.now())
  if (!fund) throw noSuchFund()
  return toView(fund)
}
