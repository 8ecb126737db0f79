import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayNumber, dayOf } from '../calendar-days.ts'
import { type Flow, irrOf, irrWithoutLine, type LineFlow } from './irr.rules.ts'

const flows = (...list: [number, string][]): Flow[] =>
  list.map(([amount, date]) => ({ amount: BigInt(amount) * 100n, date }))
const rateOf = (list: readonly Flow[], value?: Flow) => irrOf(list, value).rate

describe('the internal rate of return', () => {
  it("is 0.3733625335 for Microsoft's example", () => {
    const list = flows(
      [-10_000, '2008-01-01'],
      [2750, '2008-03-01'],
      [4250, '2008-10-30'],
      [3250, '2009-02-15'],
      [2750, '2009-04-01'],
    )
    expect(rateOf(list)).toBeCloseTo(0.373_362_533_5, 9)
    expect(irrOf(list)).toMatchObject({ warnings: [] })
  })
  it('is 0.121268 for four payments and one return, in whatever order they stand', () => {
    const list = flows(
      [-1000, '2010-01-01'],
      [-1000, '2010-04-01'],
      [-1000, '2010-07-01'],
      [-1000, '2010-10-01'],
      [4300, '2011-01-01'],
    )
    const rate = rateOf(list)
    expect(rate).toBeCloseTo(0.121_268, 6)
    fc.assert(
      fc.property(fc.shuffledSubarray(list, { minLength: 5 }), (shuffled) => {
        expect(rateOf(shuffled)).toBe(rate)
      }),
    )
  })
  it('is -1 when all is lost, and the value of nothing says so', () => {
    expect(irrOf(flows([-1000, '2010-01-01']), { amount: 0n, date: '2012-01-01' })).toEqual({ rate: -1, warnings: [] })
  })
  it('ends with the value on its day', () => {
    expect(rateOf(flows([-1000, '2021-01-01']), { amount: 108_000n, date: '2022-01-01' })).toBeCloseTo(0.08, 10)
  })
  it('takes the flows of one day together', () => {
    const one = flows([-300, '2020-01-01'], [400, '2021-06-01'])
    const split = flows([-400, '2020-01-01'], [100, '2020-01-01'], [150, '2021-06-01'], [250, '2021-06-01'])
    expect(rateOf(split)).toBe(rateOf(one))
  })
  it('says why there is none', () => {
    const reason = (list: Flow[], value?: Flow) => irrOf(list, value)
    expect(reason([])).toEqual({ rate: null, reason: 'one_sided' })
    expect(reason(flows([-5, '2020-01-01']))).toEqual({ rate: null, reason: 'one_sided' })
    expect(reason([], { amount: 0n, date: '2020-01-01' })).toEqual({ rate: null, reason: 'one_sided' })
    expect(reason(flows([-5, '2020-01-01'], [9, '2020-01-01'], [1, '2021-01-01']))).toEqual({
      rate: null,
      reason: 'one_sided',
    })
    expect(reason(flows([-1, '2020-01-01'], [-1, '2021-01-01']))).toEqual({ rate: null, reason: 'one_sided' })
    expect(reason(flows([5, '2020-01-01'], [5, '2021-01-01']))).toEqual({ rate: null, reason: 'one_sided' })
    expect(reason(flows([-5, '2020-01-01'], [9, '2020-01-01']))).toEqual({ rate: null, reason: 'same_day' })
    expect(reason(flows([-5, '2020-01-01'], [50, '2020-01-02']))).toEqual({ rate: null, reason: 'out_of_range' })
  })
  it('takes the rate nearest to 10 % of several, and says so', () => {
    // Roots at 10 % and 100 %: -100 + 310/(1+r) - 220/(1+r)^2 = 0
    const list = flows([-100, '2021-01-01'], [310, '2022-01-01'], [-220, '2023-01-01'])
    const irr = irrOf(list)
    expect(irr.rate).toBeCloseTo(0.1, 8)
    expect(irr).toMatchObject({ warnings: ['several_rates'] })
  })
  it('is found near nothing too, where money came back almost to the cent', () => {
    const list = flows([-731, '2009-01-01'], [-377, '2013-05-12'], [1108, '2026-01-01'])
    for (const cents of [-1n, 0n, 1n])
      expect(rateOf([...list, { amount: cents, date: '2026-01-01' }])).toBeCloseTo(0, 5)
  })
  it('warns of less than a year', () => {
    expect(irrOf(flows([-100, '2021-01-01'], [110, '2021-12-31']))).toMatchObject({ warnings: ['under_one_year'] })
  })
  it('is found for every fund that pays in and then pays out, and makes the flows worth nothing', () => {
    const flow = fc.record({
      gap: fc.integer({ min: 20, max: 600 }),
      amount: fc.bigInt({ min: 1000n, max: 10n ** 12n }),
    })
    const side = fc.array(flow, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(side, side, ([...calls], [...returns]) => {
        let day = dayNumber('2010-01-01')
        const list = [
          ...calls.map((call) => ({ ...call, sign: -1n })),
          ...returns.map((back) => ({ ...back, sign: 1n })),
        ].map(({ gap, amount, sign }) => {
          day += gap
          return { amount: sign * amount, date: dayOf(day) }
        })
        const irr = irrOf(list)
        if (irr.rate === null) {
          expect(irr.reason).toBe('out_of_range')
          return
        }
        expect(irr.warnings).not.toContain('several_rates')
        const rate = irr.rate
        const end = dayNumber(list[rate > 0 ? 0 : list.length - 1]?.date ?? '2010-01-01')
        const worths = list.map(({ amount, date }) => Number(amount) * (1 + rate) ** ((end - dayNumber(date)) / 365))
        const size = worths.reduce((sum, worth) => sum + Math.abs(worth), 0)
        expect(Math.abs(worths.reduce((sum, worth) => sum + worth, 0)) / size).toBeLessThan(1e-6)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the rate without a subscription line', () => {
  const draw = (...list: [number, string][]): LineFlow[] =>
    list.map(([amount, date]) => ({ drawn: BigInt(amount) * 100n, date }))
  const at = (amount: number, date: string): Flow => ({ amount: BigInt(amount) * 100n, date })

  it('is that of investors who paid when the line did', () => {
    // Drawn on 1 January 2021, called and repaid half a year later, worth 1,210 two years after the draw.
    // Without: -1000 and +1210 after 730 days: 1.21 ^ (365 / 730) = 1.1. With: -1000 and +1210 after 549 days.
    const flows = [at(-1000, '2021-07-01')]
    const value = at(1210, '2023-01-01')
    const line = draw([1000, '2021-01-01'], [-1000, '2021-07-01'])
    expect(irrWithoutLine(flows, value, line).rate).toBeCloseTo(0.1, 9)
    expect(irrOf(flows, value).rate).toBeCloseTo(1.21 ** (365 / 549) - 1, 9)
  })
  it('has what is still drawn as paid by investors, who are worth that much more', () => {
    // Investors paid 400 on 1 January 2021; the line 600 on the same day, not repaid. Assets of 1,100 a year later: NAV 500.
    // With: -400, +500: 25 %. Without: -1000, +1100: 10 %.
    const [flows, value] = [[at(-400, '2021-01-01')], at(500, '2022-01-01')]
    expect(irrOf(flows, value).rate).toBeCloseTo(0.25, 9)
    expect(irrWithoutLine(flows, value, draw([600, '2021-01-01'])).rate).toBeCloseTo(0.1, 9)
  })
  it('takes a repayment out of a sale as sent to investors on that day', () => {
    // 1,000 of the line on 1 January 2021, 500 repaid out of a sale a year later, 500 by a call another year later; then worth 715.
    // Without: -1000, +500 after a year, and after two years -500 (called) + 500 (repaid) + 715: at 12 %-odd,
    // 1000 r^2 - 500 r - 715 = 0: r = (500 + sqrt(250000 + 2860000)) / 2000.
    const [flows, value] = [[at(-500, '2023-01-01')], at(715, '2023-01-01')]
    const line = draw([1000, '2021-01-01'], [-500, '2022-01-01'], [-500, '2023-01-01'])
    expect(irrWithoutLine(flows, value, line).rate).toBeCloseTo((500 + Math.sqrt(3_110_000)) / 2000 - 1, 9)
  })
  it('is there where nobody has been called yet, and the one with it has a reason', () => {
    const value = at(100, '2022-01-01')
    expect(irrWithoutLine([], value, draw([1000, '2021-01-01'])).rate).toBeCloseTo(0.1, 9)
    expect(irrOf([], value)).toEqual({ rate: null, reason: 'one_sided' })
  })
  it('is -1 where what was drawn is lost', () => {
    // Assets of nothing, 1,000 drawn: a NAV of -1,000.
    expect(irrWithoutLine([], at(-1000, '2022-01-01'), draw([1000, '2021-01-01'])).rate).toBe(-1)
  })
  it('is the same as with one where none was used, or what was drawn was repaid the same day', () => {
    const [flows, value] = [[at(-1000, '2021-07-01')], at(1210, '2023-01-01')]
    const same = irrOf(flows, value)
    expect(irrWithoutLine(flows, value, [])).toEqual(same)
    expect(irrWithoutLine(flows, value, draw([700, '2021-09-01'], [-700, '2021-09-01']))).toEqual(same)
  })
  it('is lower for every fund that gains, where the line has paid before investors did, and higher for one that loses', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1000n, max: 10n ** 12n }),
        fc.integer({ min: 1, max: 700 }),
        fc.integer({ min: 400, max: 3000 }),
        fc.integer({ min: 20, max: 300 }).filter((percent) => percent !== 100),
        (paid, bridged, held, percent) => {
          const drawnOn = dayNumber('2015-01-01')
          const calledOn = dayOf(drawnOn + bridged)
          const flows = [{ date: calledOn, amount: -paid }]
          const value = { date: dayOf(drawnOn + bridged + held), amount: (paid * BigInt(percent)) / 100n }
          const line = [
            { date: dayOf(drawnOn), drawn: paid },
            { date: calledOn, drawn: -paid },
          ]
          const [having, without] = [irrOf(flows, value).rate ?? 0, irrWithoutLine(flows, value, line).rate ?? 0]
          expect(Math.sign(having - without)).toBe(percent > 100 ? 1 : -1)
        },
      ),
    )
  })
})
