// What a distribution would be before it is written down, and how its carry came about.
import {
  AppError,
  type DistributionPreview,
  type DistributionWaterfall,
  type DraftDistribution,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead, type HeldFund } from '../books/index.ts'
import { titlesOfSteps } from '../cash-flows/index.ts'
import { readWaterfall } from './distributions.repo.ts'
import { checkDraft, distributionToRead } from './distributions.service.ts'
import { grossOfLine, type MatrixLine } from './matrix.rules.ts'
import { type Matrix, plannedMatrix } from './matrix.ts'
import { linesView, totalsView, unpaid } from './views.ts'
import { waterfallStatement } from './waterfall-statement.rules.ts'

/** Lines of a preview; all of them are on the page of the draft. */
const shownLines = 50

/** The statement of a matrix: one question more for the titles of deals, where there are any. */
export async function statementOf(
  ctx: Ctx,
  { currency }: HeldFund,
  { run, lines }: Matrix,
): Promise<DistributionWaterfall | null> {
  if (!run) return null
  return waterfallStatement(run, lines, { currency, titles: await titlesOfSteps(ctx, run.steps) })
}

/**
 * A draft as it stands in a form; nothing is stored.
 * @throws AppError not_found; unprocessable when it could never be declared
 */
export async function previewDistribution(
  ctx: Ctx,
  fundId: string,
  draft: DraftDistribution,
): Promise<DistributionPreview> {
  const fund = await fundToRead(ctx, fundId)
  const matrix = await checkDraft(ctx, fund, draft)
  const lines = matrix.lines.map(unpaid)
  const { carryInvestorId, withholding } = draft.basis
  const named = new Set([carryInvestorId, ...Object.keys(withholding.byInvestor)])
  return {
    expiresOn: matrix.expiresOn,
    recyclingCap: matrix.recyclingCap,
    totals: totalsView(lines, fund.currency),
    lines: await linesView(ctx, lines.toSorted(namedThenLargest(named)).slice(0, shownLines), fund.currency),
    waterfall: await statementOf(ctx, fund, matrix),
  }
}

const namedThenLargest =
  (named: ReadonlySet<string | null>) =>
  (a: MatrixLine, b: MatrixLine): number => {
    if (named.has(a.investorId) !== named.has(b.investorId)) return named.has(a.investorId) ? -1 : 1
    return grossOfLine(a) === grossOfLine(b) ? 0 : grossOfLine(a) > grossOfLine(b) ? -1 : 1
  }

/**
 * How the carry came about: as it was declared, which later bookings do not change, or as it would be now.
 * @throws AppError not_found, also for a distribution without a waterfall; unprocessable when the lines cannot be made
 */
export async function getDistributionWaterfall(ctx: Ctx, id: string): Promise<DistributionWaterfall> {
  const distribution = await distributionToRead(ctx, id)
  const isOpen = distribution.declaredAt === null && distribution.state !== 'CANCELLED'
  const statement = isOpen
    ? await planned(ctx, await fundToRead(ctx, distribution.fundId), distribution)
    : await readWaterfall(ctx.db, id)
  if (!statement) throw new AppError('not_found', { message: 'This distribution has no waterfall.' })
  return statement
}

const planned = async (ctx: Ctx, fund: HeldFund, draft: Parameters<typeof plannedMatrix>[2]) =>
  statementOf(ctx, fund, await plannedMatrix(ctx, fund, draft))
