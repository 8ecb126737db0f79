import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sumOf } from '../minor-units.ts'
import { allocateCall, type CallComponent, type CallInvestor } from './allocate-call.rules.ts'
import { carryOf } from './carry.rules.ts'

const investment: CallComponent = { id: 'investment', amount: 100_000n, insideCommitment: true }
const fee: CallComponent = { id: 'fee', amount: 10_001n, insideCommitment: true }
const interest: CallComponent = { id: 'interest', amount: 50n, insideCommitment: false }

const investor = (id: string, more: Partial<CallInvestor> = {}): CallInvestor => ({
  id,
  commitment: 1_000_000n,
  unfunded: 1_000_000n,
  defaulted: false,
  excused: {},
  carries: {},
  ...more,
})

describe('a call of several components', () => {
  it('sums by component and by investor', () => {
    const matrix = allocateCall([investment, fee, interest], [investor('a'), investor('b'), investor('c')])
    expect(matrix.amount).toBe(110_051n)
    expect(matrix.lines.map((line) => [line.amount, line.insideCommitment])).toEqual([
      [36_685n, 36_668n],
      [36_684n, 36_667n],
      [36_682n, 36_666n],
    ])
    expect(matrix.excluded).toEqual([])
  })

  it('leaves an excused investor out of the denominator of that component only, with the reason', () => {
    const matrix = allocateCall(
      [investment, fee],
      [investor('a'), investor('b'), investor('c', { excused: { investment: 'no alcohol, side letter 4' } })],
    )
    const shares = matrix.lines.map(({ components }) => components.map(({ amount }) => amount))
    expect(shares).toEqual([[50_000n, 3334n], [50_000n, 3334n], [3333n]])
    expect(matrix.excluded).toEqual([
      { investorId: 'c', componentId: 'investment', reason: 'excused', note: 'no alcohol, side letter 4' },
    ])
  })

  it('leaves out who has no commitment, is in default or is not in the base, and says so', () => {
    const matrix = allocateCall(
      [fee],
      [
        investor('a'),
        investor('none', { commitment: 0n }),
        investor('gone', { defaulted: true }),
        investor('gp', { bases: { fee: 0n } }),
      ],
    )
    expect(matrix.lines.map(({ investorId, amount }) => [investorId, amount])).toEqual([['a', 10_001n]])
    expect(matrix.excluded.map(({ investorId, reason }) => [investorId, reason])).toEqual([
      ['none', 'no_commitment'],
      ['gone', 'defaulted'],
      ['gp', 'not_in_base'],
    ])
  })

  it('splits a fee by its own base', () => {
    const [a, b] = allocateCall(
      [{ ...fee, amount: 400n }],
      [investor('a', { bases: { fee: 3n } }), investor('b', { bases: { fee: 1n } })],
    ).lines
    expect([a?.amount, b?.amount]).toEqual([300n, 100n])
  })

  it('is refused when it is more than all have unfunded, or more than those who take part have left', () => {
    const poor = [investor('a', { unfunded: 60_000n }), investor('b', { unfunded: 40_000n })]
    expect(allocateCall([investment], poor).lines.map(({ amount }) => amount)).toEqual([60_000n, 40_000n])
    expect(() => allocateCall([investment, fee], poor)).toThrow(
      expect.objectContaining({ code: 'unprocessable', details: expect.objectContaining({ over: '10001' }) }),
    )
    expect(allocateCall([investment, interest], poor).amount).toBe(100_050n)
    const excused = [investor('a', { unfunded: 50_000n }), investor('b', { excused: { investment: 'x' } })]
    expect(() => allocateCall([investment], excused)).toThrow('unfunded')
  })

  it('is refused without components, with one of nothing, and with one that stands there twice', () => {
    expect(() => allocateCall([], [investor('a')])).toThrow('above zero')
    expect(() => allocateCall([{ ...fee, amount: 0n }], [investor('a')])).toThrow('above zero')
    expect(() => allocateCall([fee, fee], [investor('a')])).toThrow('twice')
    expect(() => allocateCall([fee], [investor('a', { defaulted: true })])).toThrow('Nobody')
  })

  it('and the calls after it end at every commitment', () => {
    const commitments = [780n, 461n, 484n, 668n, 389n, 808n]
    const totalWeight = sumOf(commitments)
    const kinds = ['investment', 'fee', 'expense']
    const called = commitments.map(() => new Map(kinds.map((kind) => [kind, 0n])))
    const sums = new Map(kinds.map((kind) => [kind, 0n]))
    for (const amounts of [
      [100n, 10n, 7n],
      [231n, 25n, 12n],
      [1500n, 90n, 24n],
      [1400n, 150n, 41n],
    ]) {
      const investors = commitments.map((commitment, index) => {
        const lines = called[index] ?? new Map<string, bigint>()
        const carry = (kind: string) =>
          carryOf([{ amount: sums.get(kind) ?? 0n, weight: commitment, totalWeight, lines: lines.get(kind) ?? 0n }])
        return investor(`lp-${index}`, {
          commitment,
          unfunded: commitment - sumOf(lines.values()),
          carries: Object.fromEntries(kinds.map((kind) => [kind, carry(kind)])),
        })
      })
      const components = kinds.map((id, index) => ({ id, amount: amounts[index] ?? 0n, insideCommitment: true }))
      for (const [index, line] of allocateCall(components, investors).lines.entries())
        for (const { componentId, amount } of line.components)
          called[index]?.set(componentId, (called[index]?.get(componentId) ?? 0n) + amount)
      for (const { id, amount } of components) sums.set(id, (sums.get(id) ?? 0n) + amount)
    }
    expect(called.map((lines) => sumOf(lines.values()))).toEqual(commitments)
  })

  it('sums both ways whoever is excused from what, and takes no more than is unfunded', () => {
    const someone = fc.record({
      commitment: fc.bigInt({ min: 0n, max: 100_000n }),
      excusedFromInvestment: fc.boolean(),
      defaulted: fc.nat(9).map((number) => number === 0),
    })
    const amounts = fc.tuple(fc.bigInt({ min: 1n, max: 30_000n }), fc.bigInt({ min: 1n, max: 3000n }))
    let done = 0
    fc.assert(
      fc.property(fc.array(someone, { minLength: 1, maxLength: 8 }), amounts, (people, [first, second]) => {
        const investors = people.map(({ commitment, excusedFromInvestment, defaulted }, index) =>
          investor(`lp-${index}`, {
            commitment,
            unfunded: commitment,
            defaulted,
            excused: excusedFromInvestment ? { investment: 'because' } : {},
          }),
        )
        const able = investors.filter((one) => !one.defaulted)
        const investing = able.filter((one) => one.excused.investment === undefined)
        fc.pre(sumOf(investing.map((one) => one.commitment)) >= first)
        fc.pre(sumOf(able.map((one) => one.commitment)) >= first + second)
        const matrix = allocateCall(
          [
            { ...investment, amount: first },
            { ...fee, amount: second },
          ],
          investors,
        )
        for (const [id, amount] of [['investment', first] as const, ['fee', second] as const]) {
          const column = matrix.lines.flatMap((line) => line.components.filter((part) => part.componentId === id))
          expect(sumOf(column.map((part) => part.amount))).toBe(amount)
        }
        expect(sumOf(matrix.lines.map((line) => line.amount))).toBe(matrix.amount)
        for (const line of matrix.lines) {
          expect(line.amount).toBe(sumOf(line.components.map((part) => part.amount)))
          expect(line.amount <= (investors.find(({ id }) => id === line.investorId)?.unfunded ?? 0n)).toBe(true)
        }
        done += 1
      }),
      { numRuns: 2000 },
    )
    expect(done).toBeGreaterThan(500)
  })
})
