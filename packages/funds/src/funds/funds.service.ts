// Use cases of funds. Every write: rule, row, audit and event in one transaction.
import { randomUUIDv7 } from 'node:crypto'
import { audit } from '@throughline/accounts'
import {
  AppError,
  type CloseFund,
  type CreateFund,
  type FundState,
  type FundSummary,
  type FundView,
  fundTerms,
  isSome,
  type ListFunds,
  type Page,
  type RecentOfFund,
  type UpdateFund,
} from '@throughline/contracts'
import { type Ctx, memberIdOf, toPage, violates } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { fundToRead } from '../books/index.ts'
import { exponentOf } from '../minor-units.ts'
import { type FundRow, findFund, findFunds, findRecent } from './fund-reads.repo.ts'
import { type FundValues, insertFund, type LockedFund, lockForEdit, writeFund, writeState } from './fund-writes.repo.ts'

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

/** What was done in a fund last. @throws AppError not_found */
export async function recentOfFund(ctx: Ctx, id: string): Promise<RecentOfFund> {
  await fundToRead(ctx, id)
  const rows = await findRecent(ctx.db, id, ctx.now())
  return { data: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })) }
}

async function unlessNameTaken(name: string, work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!violates(error, 'funds_by_name')) throw error
    throw new AppError('conflict', { message: `There is a fund named ${name} already.` })
  }
}

/** @throws AppError unprocessable for a currency that amounts cannot be kept in; conflict when the name is taken */
export function createFund(ctx: Ctx, values: CreateFund): Promise<FundView> {
  return ctx.db.transaction(async () => {
    exponentOf(values.currency)
    const id = randomUUIDv7()
    await unlessNameTaken(
      values.name,
      insertFund(ctx.db, { id, values, createdById: memberIdOf(ctx.actor) }, ctx.now()),
    )
    audit(ctx, { action: 'fund.created', subject: 'fund', subjectId: id, after: values })
    emit(ctx, 'fund_list.changed', {})
    emit(ctx, 'fund.changed', { fundId: id })
    return getFund(ctx, id)
  })
}

/** The fund, held, if nobody has changed it since. @throws AppError not_found, stale_version */
export async function heldToEdit(ctx: Ctx, id: string, version: number | undefined): Promise<LockedFund> {
  const fund = await lockForEdit(ctx.db, id)
  if (!fund) throw noSuchFund()
  if (version !== undefined && version !== fund.version) throw new AppError('stale_version')
  return fund
}

/**
 * Changes the named fields; terms are given whole. What was done under the terms as they were stays as it is.
 * @throws AppError not_found, stale_version; conflict when the name is taken, or for another currency once there are
 * commitments
 */
export function updateFund(ctx: Ctx, id: string, { version, ...input }: UpdateFund): Promise<FundView> {
  return ctx.db.transaction(async () => {
    const { name, legalName, currency, timeZone, vintage, terms, hasCommitments } = await heldToEdit(ctx, id, version)
    const before: FundValues = { name, legalName, currency, timeZone, vintage, terms: fundTerms.parse(terms) }
    const after: FundValues = { ...before, ...input }
    if (after.currency !== before.currency && hasCommitments)
      throw new AppError('conflict', {
        message: `The fund has commitments in ${before.currency}; its currency cannot be another any more.`,
      })
    exponentOf(after.currency)
    await unlessNameTaken(after.name, writeFund(ctx.db, id, after, ctx.now()))
    audit(ctx, { action: 'fund.updated', subject: 'fund', subjectId: id, before, after })
    emit(ctx, 'fund.changed', { fundId: id })
    return getFund(ctx, id)
  })
}

/** Nothing new is promised in a closed fund. @throws AppError not_found, stale_version; conflict while money is owed */
export const closeFund = (ctx: Ctx, id: string, input: CloseFund): Promise<FundView> =>
  changeState(ctx, id, 'CLOSED', input)

/** A fund that was closed too early. @throws AppError not_found, stale_version, conflict */
export const reopenFund = (ctx: Ctx, id: string, input: CloseFund): Promise<FundView> =>
  changeState(ctx, id, 'OPEN', input)

function changeState(ctx: Ctx, id: string, to: FundState, { reason, version }: CloseFund): Promise<FundView> {
  return ctx.db.transaction(async () => {
    const { state } = await heldToEdit(ctx, id, version)
    if (state === to) throw new AppError('illegal_transition', { message: `The fund is ${to.toLowerCase()} already.` })
    const { totals } = await getFund(ctx, id)
    if (to === 'CLOSED' && (isSome(totals.outstanding) || isSome(totals.prepaid)))
      throw new AppError('conflict', {
        message: 'Investors owe the fund money, or have paid in advance. Settle this before the fund is closed.',
        details: { outstanding: totals.outstanding, prepaid: totals.prepaid },
      })
    await writeState(ctx.db, id, to, ctx.now())
    const action = to === 'CLOSED' ? 'fund.closed' : 'fund.reopened'
    audit(ctx, { action, subject: 'fund', subjectId: id, before: { state }, after: { state: to, reason } })
    emit(ctx, 'fund.changed', { fundId: id })
    return getFund(ctx, id)
  })
}
