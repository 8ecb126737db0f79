// Who gets what of a distribution: each part by commitment, the carry of the general partner off the profit first.
import { createHash } from 'node:crypto'
import { shareOut } from '../allocation/index.ts'
import { smaller, sumOf } from '../minor-units.ts'
import { percent, rational, rounded, times } from '../rational.ts'
import { refused } from '../refused.ts'
import { type Recycled, withinCap } from './recycling.rules.ts'

export interface MatrixParty extends Recycled {
  investorId: string
  taxCountry: string | null
}

export interface MatrixInput {
  returnOfCapital: bigint
  gain: bigint
  income: bigint
  /** Of the return of capital, as far as the recycling cap allows. */
  recallable: bigint
  /** Per cent of a commitment; null for no cap. */
  recyclingCap: string | null
  /** Of gain and income. */
  carry: bigint
  carryInvestorId: string | null
  /** Per cent, by country of tax and by investor. */
  withholding: { byCountry: Readonly<Record<string, string>>; byInvestor: Readonly<Record<string, string>> }
}

/** Gain and income without the carry, which stands beside them. */
export interface MatrixLine {
  investorId: string
  returnOfCapital: bigint
  gain: bigint
  income: bigint
  carry: bigint
  withheld: bigint
  recallable: bigint
  /** Was to be recallable, and is more than the recycling cap allows. */
  aboveCap: bigint
}

export const grossOfLine = ({ returnOfCapital, gain, income, carry }: MatrixLine): bigint =>
  returnOfCapital + gain + income + carry
export const netOfLine = (line: MatrixLine): bigint => grossOfLine(line) - line.withheld

/**
 * The lines of all who get something; they sum to the distribution exactly.
 * @throws AppError unprocessable when nothing is distributed, more is recallable than returned, the carry is more than
 *   the profit or nobody gets it, or a rate is named for somebody who has no commitment
 */
export function matrixOf(input: MatrixInput, parties: readonly MatrixParty[]): MatrixLine[] {
  check(input, parties)
  const takers = parties.filter(({ commitment }) => commitment > 0n)
  const byCommitment = (amount: bigint) =>
    amountsOf(
      shareOut(
        amount,
        takers.map(({ investorId, commitment }) => ({ id: investorId, weight: commitment })),
      ),
    )
  // Carry is a share of the profit: off the gain, and what it does not hold off the income.
  const carryOfGain = smaller(input.carry, input.gain)
  const returned = byCommitment(input.returnOfCapital)
  const gain = byCommitment(input.gain - carryOfGain)
  const income = byCommitment(input.income - (input.carry - carryOfGain))
  const asked = byReturned(input.recallable, returned, takers)
  return parties
    .map((party) => {
      const { investorId, taxCountry } = party
      const line = {
        investorId,
        returnOfCapital: returned(investorId),
        gain: gain(investorId),
        income: income(investorId),
        carry: investorId === input.carryInvestorId ? input.carry : 0n,
        ...withinCap(asked(investorId), party, input.recyclingCap),
      }
      const rate = input.withholding.byInvestor[investorId] ?? input.withholding.byCountry[taxCountry ?? ''] ?? '0'
      const taxed = line.gain + line.income + line.carry
      return { ...line, withheld: rounded(times(rational(taxed), percent(rate))) }
    })
    .filter((line) => grossOfLine(line) > 0n)
    .sort((a, b) => (a.investorId < b.investorId ? -1 : 1))
}

const amountsOf = (lines: readonly { id: string; amount: bigint }[]): ((id: string) => bigint) => {
  const amounts = new Map(lines.map(({ id, amount }) => [id, amount]))
  return (id) => amounts.get(id) ?? 0n
}

/** By what each gets of the return of capital: no line can call back more than it returned. */
function byReturned(recallable: bigint, returned: (id: string) => bigint, takers: readonly MatrixParty[]) {
  const weights = takers.map(({ investorId }) => ({ id: investorId, weight: returned(investorId) }))
  return amountsOf(
    shareOut(
      recallable,
      weights.filter(({ weight }) => weight > 0n),
    ),
  )
}

function check(input: MatrixInput, parties: readonly MatrixParty[]): void {
  const { returnOfCapital, gain, income, recallable, carry, carryInvestorId, withholding } = input
  if (returnOfCapital + gain + income <= 0n) throw refused('A distribution is above zero.')
  if (recallable > returnOfCapital) throw refused('Only what returns capital can be called back.')
  if (carry > gain + income)
    throw refused('The waterfall gives the general partner more than the gain and income of this distribution.', {
      carry: String(carry),
    })
  const known = new Set(parties.map(({ investorId }) => investorId))
  if (carry > 0n && carryInvestorId === null)
    throw refused('The waterfall gives carry to the general partner: name the investor who stands for it.')
  const strangers = [...Object.keys(withholding.byInvestor), ...(carryInvestorId ? [carryInvestorId] : [])]
  const stranger = strangers.find((id) => !known.has(id))
  if (stranger) throw refused('Somebody is named who has no commitment in this fund.', { investorId: stranger })
}

export interface MatrixTotals extends Omit<MatrixLine, 'investorId'> {
  gross: bigint
  net: bigint
}

export function totalsOf(lines: readonly MatrixLine[]): MatrixTotals {
  const sum = (of: (line: MatrixLine) => bigint) => sumOf(lines.map(of))
  return {
    returnOfCapital: sum((line) => line.returnOfCapital),
    gain: sum((line) => line.gain),
    income: sum((line) => line.income),
    carry: sum((line) => line.carry),
    withheld: sum((line) => line.withheld),
    recallable: sum((line) => line.recallable),
    aboveCap: sum((line) => line.aboveCap),
    gross: sum(grossOfLine),
    net: sum(netOfLine),
  }
}

/** What an approval belongs to: the lines in their order, the day, and until when they can be called back. What is above the cap follows. */
export const digestOf = (lines: readonly MatrixLine[], distributedOn: string, expiresOn: string | null): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        distributedOn,
        expiresOn,
        lines.map(({ investorId, aboveCap: _follows, ...amounts }) => [
          investorId,
          ...Object.values(amounts).map(String),
        ]),
      ]),
    )
    .digest('hex')
