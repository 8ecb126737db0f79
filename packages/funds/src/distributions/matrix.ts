// The lines of a distribution: as they were declared, or as they would be now.
import type { DraftDistribution } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { addMonths } from '../calendar-days.ts'
import { carryPaid, dealFlows, holdingsOf, investorFlows, totalOf, waterfallOf } from '../cash-flows/index.ts'
import { atLeastZero, fromMinor, toMinor } from '../minor-units.ts'
import { type LineRow, readParties, type StoredLine } from './distribution-lines.repo.ts'
import { digestOf, type MatrixLine, matrixOf } from './matrix.rules.ts'

export interface Matrix {
  lines: MatrixLine[]
  expiresOn: string | null
  sha256: string
}

type Planned = Pick<DraftDistribution, 'distributedOn' | 'returnOfCapital' | 'gain' | 'income' | 'recallable' | 'basis'>

/**
 * What the lines would be: three questions by commitment, six with the waterfall.
 * @throws AppError unprocessable as `matrixOf`
 */
export async function plannedMatrix(ctx: Ctx, fund: HeldFund, planned: Planned): Promise<Matrix> {
  const minor = (decimal: string) => toMinor(decimal, fund.currency)
  const [returnOfCapital, gain, income] = [planned.returnOfCapital, planned.gain, planned.income].map(minor)
  const parts = { returnOfCapital: returnOfCapital ?? 0n, gain: gain ?? 0n, income: income ?? 0n }
  const recallable = minor(planned.recallable)
  const carry =
    planned.basis.method === 'waterfall'
      ? await carryOf(ctx, fund, planned.distributedOn, parts.returnOfCapital + parts.gain + parts.income)
      : 0n
  const parties = (await readParties(ctx.db, fund.id)).map((row) => ({ ...row, commitment: minor(row.commitment) }))
  const { carryInvestorId, withholding } = planned.basis
  const lines = matrixOf({ ...parts, recallable, carry, carryInvestorId, withholding }, parties)
  const expiresOn = recallable > 0n ? endOfRecall(fund, planned.distributedOn) : null
  return { lines, expiresOn, sha256: digestOf(lines, planned.distributedOn, expiresOn) }
}

const endOfRecall = ({ terms }: HeldFund, on: string): string | null =>
  terms.recallableMonths === null ? null : addMonths(on, terms.recallableMonths)

/** What this distribution gives the general partner: what it has earned with it, less what it has had. */
async function carryOf(ctx: Ctx, fund: HeldFund, on: string, amount: bigint): Promise<bigint> {
  const paid = totalOf(await carryPaid(ctx, fund, on))
  const { carryEarned } = waterfallOf({
    kind: fund.terms.waterfall,
    terms: fund.terms,
    flows: await investorFlows(ctx, fund, on),
    holdings: fund.terms.waterfall === 'american' ? holdingsOf(await dealFlows(ctx, fund, on)) : [],
    carryPaid: paid,
    next: { on, amount },
  })
  return atLeastZero(carryEarned - paid)
}

export const toRow = ({ investorId, ...amounts }: MatrixLine, currency: string): LineRow => {
  const money = (amount: bigint) => fromMinor(amount, currency)
  return {
    investorId,
    returnOfCapital: money(amounts.returnOfCapital),
    gain: money(amounts.gain),
    income: money(amounts.income),
    carry: money(amounts.carry),
    withheld: money(amounts.withheld),
    recallable: money(amounts.recallable),
  }
}

export const toLine = (row: StoredLine, currency: string): MatrixLine => {
  const minor = (decimal: string) => toMinor(decimal, currency)
  return {
    investorId: row.investorId,
    returnOfCapital: minor(row.returnOfCapital),
    gain: minor(row.gain),
    income: minor(row.income),
    carry: minor(row.carry),
    withheld: minor(row.withheld),
    recallable: minor(row.recallable),
  }
}
