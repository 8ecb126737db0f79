// The lines of a distribution: as they were declared, or as they would be now.
import type { DraftDistribution } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { addMonths } from '../calendar-days.ts'
import {
  carryPaid,
  clawbackAtTheEnd,
  dealFlows,
  holdingsOf,
  investorFlows,
  totalOf,
  type WaterfallResult,
  waterfallOf,
} from '../cash-flows/index.ts'
import { atLeastZero, fromMinor, toMinor } from '../minor-units.ts'
import type { Clawback, WaterfallTerms } from '../waterfall/index.ts'
import { type LineRow, readParties, type StoredLine } from './distribution-lines.repo.ts'
import { digestOf, type MatrixLine, matrixOf } from './matrix.rules.ts'

export interface Matrix {
  lines: MatrixLine[]
  expiresOn: string | null
  recyclingCap: string | null
  sha256: string
  /** How the carry came about; null by commitment alone. */
  run: CarryRun | null
}

/** The waterfall of a fund with a distribution as its latest. */
export interface CarryRun extends WaterfallResult {
  kind: HeldFund['terms']['waterfall']
  terms: WaterfallTerms
  on: string
  /** Return of capital, gain and income of the distribution. */
  amount: bigint
  /** Declared before. */
  carryBefore: bigint
  clawback: Clawback | null
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
  const asked = minor(planned.recallable)
  const { recyclingCap } = fund.terms
  const run =
    planned.basis.method === 'waterfall'
      ? await runOf(ctx, fund, planned.distributedOn, parts.returnOfCapital + parts.gain + parts.income)
      : null
  const carry = run ? carryOf(run) : 0n
  const parties = (await readParties(ctx.db, fund.id)).map((row) => ({
    ...row,
    commitment: minor(row.commitment),
    recallable: minor(row.recallable),
  }))
  const { carryInvestorId, withholding } = planned.basis
  const lines = matrixOf({ ...parts, recallable: asked, recyclingCap, carry, carryInvestorId, withholding }, parties)
  const isRecallable = lines.some(({ recallable }) => recallable > 0n)
  const expiresOn = isRecallable ? endOfRecall(fund, planned.distributedOn) : null
  return { lines, expiresOn, recyclingCap, sha256: digestOf(lines, planned.distributedOn, expiresOn), run }
}

const endOfRecall = ({ terms }: HeldFund, on: string): string | null =>
  terms.recallableMonths === null ? null : addMonths(on, terms.recallableMonths)

/** What a distribution gives the general partner: what it has earned with it, less what it has had. */
export const carryOf = ({ carryEarned, carryBefore }: CarryRun): bigint => atLeastZero(carryEarned - carryBefore)

async function runOf(ctx: Ctx, fund: HeldFund, on: string, amount: bigint): Promise<CarryRun> {
  const { waterfall: kind, preferredReturn, carry, catchUp } = fund.terms
  const terms = { preferredReturn, carry, catchUp }
  const carryBefore = totalOf(await carryPaid(ctx, fund, on))
  const flows = await investorFlows(ctx, fund, on)
  const holdings = kind === 'american' ? holdingsOf(await dealFlows(ctx, fund, on)) : []
  const result = waterfallOf({ kind, terms, flows, holdings, carryPaid: carryBefore, next: { on, amount } })
  return { ...result, kind, terms, on, amount, carryBefore, clawback: clawbackAtTheEnd(holdings, terms) }
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
    aboveCap: money(amounts.aboveCap),
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
    aboveCap: minor(row.aboveCap),
  }
}
