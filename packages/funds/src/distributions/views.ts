// Lines and their sums as they stand on the wire.
import type { DistributionLineView, DistributionTotals } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { readInvestorNames } from '../investors/index.ts'
import { fromMinor, sumOf } from '../minor-units.ts'
import { grossOfLine, type MatrixLine, netOfLine, totalsOf } from './matrix.rules.ts'
import { toRow } from './matrix.ts'

/** Null: not paid yet. */
export type PaidLine = MatrixLine & { paidAt: string | null }

export const unpaid = (line: MatrixLine): PaidLine => ({ ...line, paidAt: null })

export function totalsView(lines: readonly PaidLine[], currency: string): DistributionTotals {
  const totals = totalsOf(lines)
  const money = (amount: bigint) => fromMinor(amount, currency)
  return {
    investors: lines.length,
    returnOfCapital: money(totals.returnOfCapital),
    gain: money(totals.gain),
    income: money(totals.income),
    carry: money(totals.carry),
    withheld: money(totals.withheld),
    recallable: money(totals.recallable),
    aboveCap: money(totals.aboveCap),
    gross: money(totals.gross),
    net: money(totals.net),
    unpaid: money(sumOf(lines.filter(({ paidAt }) => paidAt === null).map(grossOfLine))),
  }
}

/** With the names of investors: one question. */
export async function linesView(
  ctx: Ctx,
  lines: readonly PaidLine[],
  currency: string,
): Promise<DistributionLineView[]> {
  const names = await readInvestorNames(
    ctx.db,
    lines.map(({ investorId }) => investorId),
  )
  return lines.map((line) => ({
    ...toRow(line, currency),
    investorName: names.get(line.investorId)?.name ?? '',
    taxCountry: names.get(line.investorId)?.taxCountry ?? null,
    net: fromMinor(netOfLine(line), currency),
    paidAt: line.paidAt,
  }))
}
