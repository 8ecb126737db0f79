// What is done with a distribution: each step one transaction, with the fund held.
import { audit } from '@throughline/accounts'
import { AppError, type DistributionDetail, type PayDistribution } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import { type HeldFund, happen, holdFund, post, reverse, takeNumbers } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { renderNoticesJob } from '../documents/documents.jobs.ts'
import { type DistributionLine, distributionDeclared, distributionPaid } from '../ledger/index.ts'
import { fromMinor, smaller, sumOf, toMinor } from '../minor-units.ts'
import { refused } from '../refused.ts'
import { balancesOn } from '../trial-balance/index.ts'
import { insertLines, markPaid, readDeclaredEntry, readLines } from './distribution-lines.repo.ts'
import { afterAction, type DistributionAction } from './distribution-states.rules.ts'
import { type StepChanges, type StoredDistribution, writeStep } from './distributions.repo.ts'
import { distributionToRead, getDistribution, linesOf } from './distributions.service.ts'
import { grossOfLine, type MatrixLine, totalsOf } from './matrix.rules.ts'
import { plannedMatrix, toLine, toRow } from './matrix.ts'
import { statementOf } from './proof.service.ts'

type Change = (fund: HeldFund, distribution: StoredDistribution) => Promise<Partial<StepChanges>>

/** @throws AppError not_found, illegal_transition, and what `change` refuses */
function step(ctx: Ctx, id: string, action: DistributionAction, change: Change): Promise<DistributionDetail> {
  return ctx.db.transaction(async () => {
    const { fundId } = await distributionToRead(ctx, id)
    const fund = await holdFund(ctx, fundId)
    // Read again, because others may have been here before the fund was held.
    const distribution = await distributionToRead(ctx, id)
    const state = afterAction(distribution.state, action)
    const changes = { state, ...(await change(fund, distribution)) }
    await writeStep(ctx.db, id, changes, ctx.now())
    const { approvedAt: _at, declaredAt: _on, paidAt: _paid, waterfall: _proof, ...told } = changes
    audit(ctx, {
      action: `distribution.${action}`,
      subject: 'distribution',
      subjectId: id,
      before: { state: distribution.state },
      after: told,
    })
    const version = distribution.version + 1
    emit(ctx, 'distribution.changed', { fundId, distributionId: id, state: changes.state, version })
    return getDistribution(ctx, id)
  })
}

/** Gives a draft to somebody else to look at. */
export const submitDistribution = (ctx: Ctx, id: string): Promise<DistributionDetail> =>
  step(ctx, id, 'submit', async (fund, distribution) => {
    await plannedMatrix(ctx, fund, distribution)
    return {}
  })

/**
 * @param matrixSha256 of the lines that were seen
 * @throws AppError forbidden for whoever wrote it last; conflict when the lines have changed since they were seen
 */
export const approveDistribution = (ctx: Ctx, id: string, matrixSha256: string): Promise<DistributionDetail> =>
  step(ctx, id, 'approve', async (fund, distribution) => {
    if (ctx.actor.id === distribution.lastEditorId)
      throw new AppError('forbidden', { message: 'Somebody else than who wrote this distribution has to approve it.' })
    const { sha256 } = await plannedMatrix(ctx, fund, distribution)
    if (sha256 !== matrixSha256) throw changedSince()
    return { matrixSha256: sha256, approvedById: ctx.actor.id, approvedAt: ctx.now() }
  })

const changedSince = () =>
  new AppError('conflict', { message: 'The lines are not any more what was seen: look at them again.' })

/**
 * Makes it a debt of the fund: number, lines, entry, and what investors have got by it.
 * @param amount the gross amount, as whoever declares it has typed it
 * @throws AppError conflict when the lines are not those that were approved; unprocessable for another amount, or a
 *   locked day
 */
export const declareDistribution = (ctx: Ctx, id: string, amount: string): Promise<DistributionDetail> =>
  step(ctx, id, 'declare', async (fund, distribution) => {
    const matrix = await plannedMatrix(ctx, fund, distribution)
    const { lines, expiresOn, recyclingCap, sha256 } = matrix
    if (sha256 !== distribution.matrixSha256) throw changedSince()
    const totals = totalsOf(lines)
    confirm(fund, totals.gross, amount)
    const number = Number(await takeNumbers(ctx.db, fund.id, 'distribution', 1))
    await insertLines(
      ctx.db,
      { distributionId: id, fundId: fund.id },
      lines.map((line) => toRow(line, fund.currency)),
    )
    const source = { kind: 'distribution', id } as const
    await post(ctx, fund, [
      {
        entry: distributionDeclared(lines.map(booked)),
        effectiveOn: distribution.distributedOn,
        source,
        dealId: distribution.dealId ?? undefined,
      },
    ])
    await happen(
      ctx,
      fund,
      lines.map((line) => ({
        investorId: line.investorId,
        source,
        event: received('distributed', line, distribution.distributedOn, expiresOn),
      })),
    )
    await enqueue(ctx, renderNoticesJob, { subject: 'distribution', subjectId: id })
    const waterfall = (await statementOf(ctx, fund, matrix)) ?? undefined
    const recallable = fromMinor(totals.recallable, fund.currency)
    return { number, recallable, expiresOn, recyclingCap, declaredAt: ctx.now(), waterfall }
  })

/** @throws AppError unprocessable when what was typed is not the amount */
function confirm({ currency }: HeldFund, amount: bigint, typed: string): void {
  if (toMinor(typed, currency) === amount) return
  throw refused(`The amount is ${fromMinor(amount, currency)}, not ${typed}.`, { amount: fromMinor(amount, currency) })
}

/** The carry is booked as gain of whoever gets it. */
const booked = ({ investorId, returnOfCapital, gain, income, carry, withheld }: MatrixLine): DistributionLine => ({
  investorId,
  returnOfCapital,
  gain: gain + carry,
  income,
  withheld,
})

/** What an investor has got as an investor: taxes included, the carry not. */
const received = (
  kind: 'distributed' | 'distribution_reversed',
  line: MatrixLine,
  date: string,
  expiresOn: string | null,
) => ({ kind, date, amount: grossOfLine(line) - line.carry, recallable: line.recallable, expiresOn })

/**
 * Sends the money, taxes with it, to everybody who was not paid yet, or to some.
 * @throws AppError unprocessable for another amount than was typed, more than the cash of the fund, a day before the
 *   distribution or after today, or somebody who has no unpaid line
 */
export const payDistribution = (ctx: Ctx, id: string, input: PayDistribution): Promise<DistributionDetail> =>
  step(ctx, id, 'pay', async (fund, distribution) => {
    const unpaid = (await readLines(ctx.db, id)).filter(({ paidAt }) => paidAt === null)
    const wanted = input.investorIds && new Set(input.investorIds)
    const rows = wanted ? unpaid.filter(({ investorId }) => wanted.has(investorId)) : unpaid
    if (rows.length === 0 || (wanted && rows.length < wanted.size))
      throw refused('Somebody is named who has no line that is to be paid.')
    const lines = rows.map((row) => toLine(row, fund.currency))
    const amount = sumOf(lines.map(grossOfLine))
    confirm(fund, amount, input.amount)
    await checkCash(ctx, fund, amount, { paidOn: input.paidOn, declaredOn: distribution.distributedOn })
    await post(ctx, fund, [
      { entry: distributionPaid(lines.map(booked)), effectiveOn: input.paidOn, source: { kind: 'distribution', id } },
    ])
    await markPaid(
      ctx.db,
      id,
      lines.map(({ investorId }) => investorId),
      ctx.now(),
    )
    return rows.length === unpaid.length ? { state: 'PAID', paidAt: ctx.now() } : {}
  })

async function checkCash(
  ctx: Ctx,
  fund: HeldFund,
  amount: bigint,
  { paidOn, declaredOn }: { paidOn: string; declaredOn: string },
): Promise<void> {
  const today = dayIn(fund.timeZone, ctx.now())
  if (paidOn < declaredOn || paidOn > today)
    throw refused('A distribution is paid between its day and today.', { distributedOn: declaredOn, today })
  const cash = smaller(
    (await balancesOn(ctx, fund, paidOn)).get('cash') ?? 0n,
    (await balancesOn(ctx, fund, today)).get('cash') ?? 0n,
  )
  if (amount > cash)
    throw refused(`The fund has ${fromMinor(cash, fund.currency)} in cash, less than is to be paid.`, {
      cash: fromMinor(cash, fund.currency),
    })
}

/** Takes it back before anybody was paid; one that was declared by the opposite entry. @throws AppError conflict when somebody was paid */
export const cancelDistribution = (ctx: Ctx, id: string, reason: string): Promise<DistributionDetail> =>
  step(ctx, id, 'cancel', async (fund, distribution) => {
    if (distribution.state !== 'DECLARED') return { cancelReason: reason }
    const { lines, expiresOn } = await linesOf(ctx, fund, distribution)
    if (lines.some(({ paidAt }) => paidAt !== null))
      throw new AppError('conflict', {
        message: 'Some of this distribution was paid: it cannot be cancelled any more.',
      })
    const { lockedThrough, timeZone } = fund
    const isOpen = lockedThrough === null || distribution.distributedOn > lockedThrough
    const effectiveOn = isOpen ? distribution.distributedOn : dayIn(timeZone, ctx.now())
    await reverse(ctx, fund, await readDeclaredEntry(ctx.db, id), { reason, effectiveOn })
    await happen(
      ctx,
      fund,
      lines.map((line) => ({
        investorId: line.investorId,
        source: { kind: 'distribution', id } as const,
        reason,
        event: received('distribution_reversed', line, effectiveOn, expiresOn),
      })),
    )
    return { cancelReason: reason }
  })
