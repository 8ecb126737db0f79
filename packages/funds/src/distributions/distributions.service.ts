// Drafts and reads of distributions. What moves money is in distribution-steps.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type DistributionBasis,
  type DistributionDetail,
  type DistributionLineView,
  type DistributionView,
  type DraftDistribution,
  type Page,
  type PageQuery,
  type UpdateDistribution,
} from '@throughline/contracts'
import { asIs, type Ctx, decodeCursor, toPage } from '@throughline/db'
import { emit } from '@throughline/realtime'
import * as z from 'zod'
import { readDealTitles } from '../allocations/index.ts'
import { fundToRead, type HeldFund, holdFund } from '../books/index.ts'
import { checkDeal } from '../cash-flows/index.ts'
import { readInvestorNames } from '../investors/index.ts'
import { readLines } from './distribution-lines.repo.ts'
import { afterAction } from './distribution-states.rules.ts'
import {
  insertDistribution,
  readDistribution,
  readDistributions,
  type StoredDistribution,
  writeDraft,
} from './distributions.repo.ts'
import { digestOf } from './matrix.rules.ts'
import { type Matrix, plannedMatrix, toLine } from './matrix.ts'
import { linesView, type PaidLine, totalsView, unpaid } from './views.ts'

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
  lines: PaidLine[]
  expiresOn: string | null
  recyclingCap: string | null
  sha256: string
}

const noLines: LinesOf = { lines: [], expiresOn: null, recyclingCap: null, sha256: digestOf([], '', null) }

/** The lines as they were declared, or as they would be today. */
export async function linesOf(ctx: Ctx, fund: HeldFund, distribution: StoredDistribution): Promise<LinesOf> {
  if (distribution.declaredAt !== null) {
    const stored = await readLines(ctx.db, distribution.id)
    const lines = stored.map((row) => ({ ...toLine(row, fund.currency), paidAt: row.paidAt }))
    const { distributedOn, expiresOn, recyclingCap } = distribution
    const amounts = stored.map((row) => toLine(row, fund.currency))
    return { lines, expiresOn, recyclingCap, sha256: digestOf(amounts, distributedOn, expiresOn) }
  }
  if (distribution.state === 'CANCELLED') return noLines
  const matrix = await plannedMatrix(ctx, fund, distribution)
  return { ...matrix, lines: matrix.lines.map(unpaid) }
}

/** A distribution with the sums of its lines, or why they cannot be made any more. @throws AppError not_found */
export async function getDistribution(ctx: Ctx, id: string): Promise<DistributionDetail> {
  const distribution = await distributionToRead(ctx, id)
  const fund = await fundToRead(ctx, distribution.fundId)
  const { lines, expiresOn, recyclingCap, sha256, problem } = await linesOrProblem(ctx, fund, distribution)
  const { dealId, basis } = distribution
  const titles = dealId === null ? undefined : await readDealTitles(ctx.db, [dealId])
  const names = await readInvestorNames(ctx.db, namedIn(basis))
  return {
    ...viewOf(distribution),
    expiresOn,
    recyclingCap,
    matrixSha256: sha256,
    totals: totalsView(lines, fund.currency),
    dealTitle: titles?.get(dealId ?? '') ?? null,
    named: [...names.values()].map(({ id: investorId, name }) => ({ investorId, name })),
    problem,
  }
}

const namedIn = ({ carryInvestorId, withholding }: DistributionBasis): string[] => [
  ...new Set([...(carryInvestorId === null ? [] : [carryInvestorId]), ...Object.keys(withholding.byInvestor)]),
]

/** A draft that was possible once may be refused later; whoever has to mend it must still see it. */
async function linesOrProblem(
  ctx: Ctx,
  fund: HeldFund,
  distribution: StoredDistribution,
): Promise<LinesOf & { problem: string | null }> {
  try {
    return { ...(await linesOf(ctx, fund, distribution)), problem: null }
  } catch (refusal) {
    if (!(refusal instanceof AppError) || refusal.code !== 'unprocessable') throw refusal
    return { ...noLines, problem: refusal.message }
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
  const page = toPage(rows, limit, ({ investorId }) => [investorId], asIs)
  return { ...page, data: await linesView(ctx, page.data, fund.currency) }
}

/** Refuses what could never be declared. */
export async function checkDraft(ctx: Ctx, fund: HeldFund, draft: DraftDistribution): Promise<Matrix> {
  if (draft.dealId !== null) await checkDeal(ctx, draft.dealId)
  return plannedMatrix(ctx, fund, draft)
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
