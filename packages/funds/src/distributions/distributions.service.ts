// Drafts and reads of distributions. What moves money is in distribution-steps.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type DistributionDetail,
  type DistributionLineView,
  type DistributionView,
  type DraftDistribution,
  type Page,
  type PageQuery,
  type UpdateDistribution,
} from '@throughline/contracts'
import { type Ctx, decodeCursor, toPage } from '@throughline/db'
import { emit } from '@throughline/realtime'
import * as z from 'zod'
import { fundToRead, type HeldFund, holdFund } from '../books/index.ts'
import { checkDeal } from '../cash-flows/index.ts'
import { readInvestorNames } from '../investors/index.ts'
import { fromMinor } from '../minor-units.ts'
import { readLines } from './distribution-lines.repo.ts'
import { afterAction } from './distribution-states.rules.ts'
import {
  insertDistribution,
  readDistribution,
  readDistributions,
  type StoredDistribution,
  writeDraft,
} from './distributions.repo.ts'
import { digestOf, grossOfLine, type MatrixLine, netOfLine, totalsOf } from './matrix.rules.ts'
import { plannedMatrix, toLine } from './matrix.ts'

const noSuchDistribution = () => new AppError('not_found', { message: 'There is no such distribution.' })

/** @throws AppError not_found */
export async function distributionToRead(ctx: Ctx, id: string): Promise<StoredDistribution> {
  const distribution = await readDistribution(ctx.db, id)
  if (!distribution) throw noSuchDistribution()
  return distribution
}

const viewOf = ({ matrixSha256: _sha, createdById: _by, ...view }: StoredDistribution): DistributionView => view

/** Newest first. @throws AppError not_found */
export async function listDistributions(ctx: Ctx, fundId: string, query: PageQuery): Promise<Page<DistributionView>> {
  await fundToRead(ctx, fundId)
  return toPage(await readDistributions(ctx.db, fundId, query), query.limit, ({ id }) => [id], viewOf)
}

export interface LinesOf {
  lines: (MatrixLine & { paidAt: string | null })[]
  expiresOn: string | null
  sha256: string
}

/** The lines as they were declared, or as they would be today. */
export async function linesOf(ctx: Ctx, fund: HeldFund, distribution: StoredDistribution): Promise<LinesOf> {
  if (distribution.declaredAt !== null) {
    const stored = await readLines(ctx.db, distribution.id)
    const lines = stored.map((row) => ({ ...toLine(row, fund.currency), paidAt: row.paidAt }))
    const { distributedOn, expiresOn } = distribution
    const amounts = stored.map((row) => toLine(row, fund.currency))
    return { lines, expiresOn, sha256: digestOf(amounts, distributedOn, expiresOn) }
  }
  if (distribution.state === 'CANCELLED') return { lines: [], expiresOn: null, sha256: digestOf([], '', null) }
  const matrix = await plannedMatrix(ctx, fund, distribution)
  return { ...matrix, lines: matrix.lines.map((line) => ({ ...line, paidAt: null })) }
}

/** A distribution with the sums of its lines. @throws AppError not_found; unprocessable when the lines cannot be made */
export async function getDistribution(ctx: Ctx, id: string): Promise<DistributionDetail> {
  const distribution = await distributionToRead(ctx, id)
  const fund = await fundToRead(ctx, distribution.fundId)
  const { lines, expiresOn, sha256 } = await linesOf(ctx, fund, distribution)
  const totals = totalsOf(lines)
  const money = (amount: bigint) => fromMinor(amount, fund.currency)
  const unpaid = lines.filter(({ paidAt }) => paidAt === null).reduce((sum, line) => sum + grossOfLine(line), 0n)
  return {
    ...viewOf(distribution),
    expiresOn,
    matrixSha256: sha256,
    totals: {
      investors: lines.length,
      returnOfCapital: money(totals.returnOfCapital),
      gain: money(totals.gain),
      income: money(totals.income),
      carry: money(totals.carry),
      withheld: money(totals.withheld),
      recallable: money(totals.recallable),
      gross: money(totals.gross),
      net: money(totals.net),
      unpaid: money(unpaid),
    },
  }
}

/** Lines in the order of investors' ids. @throws AppError not_found */
export async function listDistributionLines(
  ctx: Ctx,
  id: string,
  { cursor, limit }: PageQuery,
): Promise<Page<DistributionLineView>> {
  const distribution = await distributionToRead(ctx, id)
  const fund = await fundToRead(ctx, distribution.fundId)
  const after = cursor ? decodeCursor(cursor, z.tuple([z.uuid()]))[0] : ''
  const { lines } = await linesOf(ctx, fund, distribution)
  const rows = lines.filter(({ investorId }) => investorId > after).slice(0, limit + 1)
  const ids = rows.map(({ investorId }) => investorId)
  const names = await readInvestorNames(ctx.db, ids)
  const money = (amount: bigint) => fromMinor(amount, fund.currency)
  return toPage(
    rows,
    limit,
    ({ investorId }) => [investorId],
    (line) => ({
      investorId: line.investorId,
      investorName: names.get(line.investorId)?.name ?? '',
      taxCountry: names.get(line.investorId)?.taxCountry ?? null,
      returnOfCapital: money(line.returnOfCapital),
      gain: money(line.gain),
      income: money(line.income),
      carry: money(line.carry),
      withheld: money(line.withheld),
      recallable: money(line.recallable),
      net: money(netOfLine(line)),
      paidAt: line.paidAt,
    }),
  )
}

/** The draft as rules need it; refuses what could never be declared. */
async function checkDraft(ctx: Ctx, fund: HeldFund, draft: DraftDistribution): Promise<void> {
  if (draft.dealId !== null) await checkDeal(ctx, draft.dealId)
  await plannedMatrix(ctx, fund, draft)
}

/** A draft touches no figure. @throws AppError not_found; unprocessable when it could never be declared */
export function draftDistribution(ctx: Ctx, fundId: string, draft: DraftDistribution): Promise<DistributionDetail> {
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    await checkDraft(ctx, fund, draft)
    const id = await insertDistribution(ctx.db, fundId, draft, { by: ctx.actor.id, now: ctx.now() })
    audit(ctx, { action: 'distribution.drafted', subject: 'distribution', subjectId: id, after: draft })
    emit(ctx, 'distribution.changed', { fundId, distributionId: id, state: 'DRAFT', version: 1 })
    return getDistribution(ctx, id)
  })
}

/** Writes a draft anew; an approval is gone with it. @throws AppError not_found, stale_version, illegal_transition, unprocessable */
export function updateDistribution(ctx: Ctx, id: string, input: UpdateDistribution): Promise<DistributionDetail> {
  const { version, ...draft } = input
  return ctx.db.transaction(async () => {
    const { fundId } = await distributionToRead(ctx, id)
    const fund = await holdFund(ctx, fundId)
    const before = await distributionToRead(ctx, id)
    if (version !== undefined && version !== before.version) throw new AppError('stale_version')
    const state = afterAction(before.state, 'edit')
    await checkDraft(ctx, fund, draft)
    await writeDraft(ctx.db, id, draft, { by: ctx.actor.id, now: ctx.now() })
    audit(ctx, {
      action: 'distribution.changed',
      subject: 'distribution',
      subjectId: id,
      before: viewOf(before),
      after: draft,
    })
    emit(ctx, 'distribution.changed', { fundId, distributionId: id, state, version: before.version + 1 })
    return getDistribution(ctx, id)
  })
}
