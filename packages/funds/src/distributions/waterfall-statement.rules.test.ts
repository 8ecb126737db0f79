import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../calendar-days.ts'
import { clawbackAtTheEnd, type Holding, waterfallOf } from '../cash-flows/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { matrixOf } from './matrix.rules.ts'
import { type CarryRun, carryOf } from './matrix.ts'
import { waterfallStatement } from './waterfall-statement.rules.ts'

const terms = { preferredReturn: '8', carry: '20', catchUp: '100' }
const cents = (euros: number) => BigInt(Math.round(euros * 100))
const parties = [
  { investorId: 'a', commitment: 900n, recallable: 0n, taxCountry: null },
  { investorId: 'gp', commitment: 100n, recallable: 0n, taxCountry: null },
]
const titles = new Map([['good', 'Northwind']])

/** A distribution of gain alone, after others. */
function european({
  paidIn,
  before = [],
  carryBefore = 0n,
  on,
  amount,
}: {
  paidIn: bigint
  before?: { on: string; distributed: bigint }[]
  carryBefore?: bigint
  on: string
  amount: bigint
}): CarryRun {
  const flows = [
    { on: '2021-01-01', contributed: paidIn, distributed: 0n },
    ...before.map((each) => ({ ...each, contributed: 0n })),
  ]
  const result = waterfallOf({
    ...{ kind: 'european', terms, flows, holdings: [], carryPaid: carryBefore, next: { on, amount } },
  })
  return { ...result, kind: 'european', terms, on, amount, carryBefore, clawback: null }
}
const linesOf = (run: CarryRun) =>
  matrixOf(
    {
      ...{ returnOfCapital: 0n, gain: run.amount, income: 0n, recallable: 0n, recyclingCap: null, carry: carryOf(run) },
      ...{ carryInvestorId: 'gp', withholding: { byCountry: {}, byInvestor: {} } },
    },
    parties,
  )
const statementOf = (run: CarryRun) => waterfallStatement(run, linesOf(run), { currency: 'EUR', titles })

const holding = (dealId: string, values: Partial<Holding>): Holding => ({
  ...{ dealId, investedOn: '2021-01-01', invested: cents(100), cost: 0n, value: 0n, realised: 0n, proceeds: 0n },
  ...{ soldOn: '2022-01-01', moic: { value: null, reason: 'nothing_paid_in' } },
  ...values,
})
function american(holdings: readonly Holding[], amount: bigint, carryBefore = 0n): CarryRun {
  const on = '2023-01-01'
  const result = waterfallOf({
    ...{ kind: 'american', terms, flows: [], holdings, carryPaid: carryBefore, next: { on, amount } },
  })
  const clawback = clawbackAtTheEnd(holdings, terms)
  return { ...result, kind: 'american', terms, on, amount, carryBefore, clawback }
}

describe('the statement of a distribution by the whole fund', () => {
  it('goes tier by tier to 20 % of the profit, and proves that the lines hold it', () => {
    // Three years of 365 days, as the README of the waterfall has it.
    const run = european({ paidIn: cents(10_000_000), on: '2024-01-01', amount: cents(20_000_000) })
    const statement = statementOf(run)
    expect(statement.steps.map(({ of }) => of)).toEqual(['this'])
    expect(statement.tiers.map(({ total, generalPartner }) => [total, generalPartner])).toEqual([
      ['10000000.00', '0.00'],
      ['2597120.00', '0.00'],
      ['649280.00', '649280.00'],
      ['6753600.00', '1350720.00'],
    ])
    expect(statement).toMatchObject({
      ...{ carryEarned: '2000000.00', carryBefore: '0.00', carry: '2000000.00', overpaid: '0.00', clawback: null },
      hurdle: { capital: '0.00', preferred: '0.00' },
    })
    expect(statement.proof).toEqual([
      { what: 'tiers_are_the_distribution', expected: '20000000.00', found: '20000000.00', holds: true },
      { what: 'tiers_are_the_carry_earned', expected: '2000000.00', found: '2000000.00', holds: true },
      { what: 'earned_less_declared_is_the_carry', expected: '2000000.00', found: '2000000.00', holds: true },
      { what: 'lines_are_the_distribution', expected: '20000000.00', found: '20000000.00', holds: true },
    ])
  })

  it('below the preferred return has no carry, and says what investors still have to get', () => {
    const statement = statementOf(european({ paidIn: cents(100), on: '2022-01-01', amount: cents(90) }))
    expect(statement).toMatchObject({ carry: '0.00', hurdle: { capital: '10.00', preferred: '8.00' } })
    expect(statement.proof.every(({ holds }) => holds)).toBe(true)
  })

  it('says what was declared beyond what is earned', () => {
    const before = [{ on: '2022-01-01', distributed: cents(50) }]
    const run = european({ paidIn: cents(100), before, carryBefore: cents(10), on: '2023-01-01', amount: cents(5) })
    expect(statementOf(run)).toMatchObject({ carryEarned: '0.00', carry: '0.00', overpaid: '10.00' })
  })

  it('does not believe lines that hold another carry', () => {
    const run = european({ paidIn: cents(100), on: '2022-01-01', amount: cents(200) })
    const lines = linesOf(run).map((line) => (line.investorId === 'gp' ? { ...line, carry: line.carry - 1n } : line))
    const { proof } = waterfallStatement(run, lines, { currency: 'EUR', titles })
    expect(proof.filter(({ holds }) => !holds).map(({ what }) => what)).toEqual([
      'earned_less_declared_is_the_carry',
      'lines_are_the_distribution',
    ])
  })

  it('sums to the cent, whatever was paid and distributed', () => {
    const amount = fc.bigInt(1n, 10n ** 12n)
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.record({ days: fc.nat(2000), distributed: amount }), { maxLength: 5 }),
        amount,
        (paidIn, earlier, last) => {
          const before = earlier.map(({ days, distributed }) => ({ on: addDays('2021-01-01', days), distributed }))
          const run = european({ paidIn, before, on: '2028-01-01', amount: last })
          // More than it brings is refused: see the matrix.
          fc.pre(carryOf(run) <= last)
          const statement = statementOf(run)
          expect(statement.proof.filter(({ holds }) => !holds)).toEqual([])
          const minor = (decimal: string) => toMinor(decimal, 'EUR')
          for (const { total, investors, generalPartner } of statement.tiers)
            expect(fromMinor(minor(investors) + minor(generalPartner), 'EUR')).toBe(total)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('the statement of a distribution deal by deal', () => {
  const good = holding('good', { realised: cents(200) })
  const bad = holding('bad', { realised: cents(40), soldOn: '2022-06-01' })

  it('has a step for each deal that was sold, by its name, with what it leaves to the next', () => {
    const { steps, carry, clawback, proof } = statementOf(
      american([good, holding('held', { cost: cents(100), soldOn: null })], cents(200)),
    )
    expect(steps.map(({ of, dealId, dealTitle, carriedForward }) => [of, dealId, dealTitle, carriedForward])).toEqual([
      ['deal', 'good', 'Northwind', '0.00'],
    ])
    expect([carry, clawback]).toEqual(['20.00', null])
    expect(proof.map(({ what, holds }) => [what, holds])).toEqual([
      ['tiers_are_the_carry_earned', true],
      ['earned_less_declared_is_the_carry', true],
      ['lines_are_the_distribution', true],
    ])
  })

  it('says what is clawed back once everything is sold', () => {
    expect(statementOf(american([good, bad], cents(40), cents(20)))).toMatchObject({
      carry: '0.00',
      clawback: { received: '20.00', due: expect.stringMatching(/^\d+\.\d\d$/) },
    })
  })
})
