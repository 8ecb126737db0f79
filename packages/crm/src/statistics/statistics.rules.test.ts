import type { DealStage } from '@throughline/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OpenTotal, openSetOf, setOf, shareOf, velocityOf, weightedOf } from './amounts.rules.ts'
import { conversionsOf } from './cohorts.rules.ts'
import { historyOf, outcomeOf } from './facts.rules.ts'
import { linkOf } from './links.rules.ts'
import { dayBefore, lastDayOfMonth, splitPeriod } from './period.rules.ts'
import { probabilitiesOf } from './probabilities.rules.ts'
import { fact } from './testing/fact.ts'

const asMoney = (cents: bigint) => `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`
const asCents = (money: string | undefined) => BigInt((money ?? '0.00').replace('.', ''))
const values = fc.array(fc.bigInt({ min: 0n, max: 10n ** 18n }), { minLength: 1, maxLength: 30 })
const year = { from: '2026-01-01', to: '2026-12-31' }
const openStage = fc.constantFrom<DealStage>('LEAD', 'QUALIFIED', 'NEGOTIATION')

describe('a weighted sum', () => {
  const rows = fc.array(
    fc.record({
      cents: fc.bigInt({ min: 0n, max: 10n ** 18n }),
      own: fc.bigInt({ min: 0n, max: 100n }),
      stage: openStage,
      isOwn: fc.boolean(),
    }),
    { minLength: 1, maxLength: 40 },
  )
  const totals = (given: { cents: bigint; own: bigint; stage: DealStage; isOwn: boolean }[]): OpenTotal[] =>
    given.map(({ cents, own, stage, isOwn }) => ({
      stage,
      currency: 'EUR',
      count: 1,
      value: asMoney(cents),
      ownValue: isOwn ? asMoney(cents) : '0',
      ownWeighted: isOwn ? asMoney(cents * own) : '0',
    }))
  const percents = fc.record({
    LEAD: fc.integer({ min: 0, max: 100 }),
    QUALIFIED: fc.integer({ min: 0, max: 100 }),
    NEGOTIATION: fc.integer({ min: 0, max: 100 }),
  })
  const cents = (given: readonly OpenTotal[], odds: Record<string, number>) =>
    asCents(weightedOf(given, odds)[0]?.value)

  it('never exceeds the sum, and is the exact fraction of it, rounded half up once', () => {
    fc.assert(
      fc.property(rows, percents, (given, odds) => {
        const sum = given.reduce((all, row) => all + row.cents, 0n)
        const hundredfold = given.reduce(
          (all, { cents: some, own, stage, isOwn }) => all + some * (isOwn ? own : BigInt(odds[stage as 'LEAD'])),
          0n,
        )
        expect(cents(totals(given), odds)).toBe((hundredfold + 50n) / 100n)
        expect(cents(totals(given), odds)).toBeLessThanOrEqual(sum)
      }),
    )
  })
  it('equals the sum at 100 per cent and is 0 at 0', () => {
    fc.assert(
      fc.property(rows, (given) => {
        const plain = totals(given.map((row) => ({ ...row, isOwn: false })))
        const sum = given.reduce((all, row) => all + row.cents, 0n)
        expect(cents(plain, { LEAD: 100, QUALIFIED: 100, NEGOTIATION: 100 })).toBe(sum)
        expect(cents(plain, { LEAD: 0, QUALIFIED: 0, NEGOTIATION: 0 })).toBe(0n)
      }),
    )
  })
  it('has nothing of closed deals, whatever probability they once had', () => {
    const closed = {
      stage: 'CLOSED_LOST',
      currency: 'EUR',
      count: 1,
      value: '9.00',
      ownValue: '9.00',
      ownWeighted: '810.00',
    } as const
    expect(weightedOf([closed], { LEAD: 10 })).toEqual([{ currency: 'EUR', value: '0.00' }])
  })
})

describe('sums', () => {
  it('are exact to the cent for any amounts, a currency at a time', () => {
    fc.assert(
      fc.property(values, values, (euros, dollars) => {
        const of = (currency: string, list: bigint[]) =>
          list.map((cents) => ({ currency, count: 1, value: asMoney(cents) }))
        const total = (list: bigint[]) => asMoney(list.reduce((sum, cents) => sum + cents, 0n))
        expect(setOf([...of('USD', dollars), ...of('EUR', euros)], null)).toEqual({
          count: euros.length + dollars.length,
          deals: null,
          sums: [
            { currency: 'EUR', count: euros.length, value: total(euros) },
            { currency: 'USD', count: dollars.length, value: total(dollars) },
          ],
        })
      }),
    )
  })
  it('leave out a currency of which nothing is left', () => {
    const row = { stage: 'LEAD', currency: 'EUR', value: '5.00', ownValue: '0', ownWeighted: '0' } as const
    expect(
      openSetOf(
        [
          { ...row, count: 1 },
          { ...row, count: -1, value: '-5.00' },
        ],
        { LEAD: 10 },
        null,
      ),
    ).toEqual({ count: 0, deals: null, sums: [], weighted: [] })
  })
})

describe('rates', () => {
  const many = fc.nat({ max: 1_000_000 })
  it('of wins are null if and only if nothing closed, and 0 to 1 otherwise', () => {
    fc.assert(
      fc.property(many, many, (wins, losses) => {
        const rows = [
          fact('closed', 'CLOSED_WON', { count: wins }),
          fact('closed', 'CLOSED_LOST', { count: losses }),
          fact('stage', 'LEAD', { count: 7 }),
        ]
        const { winRate } = outcomeOf(rows, () => null, {})
        expect(winRate === null).toBe(wins + losses === 0)
        if (winRate !== null) expect(winRate >= 0 && winRate <= 1).toBe(true)
      }),
    )
  })
  it('of conversion are 0 to 1 and fall from stage to stage', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(many, many, many, many), { maxLength: 5 }), (cohorts) => {
        const rows = cohorts.map((counts) => {
          const [won = 0, negotiated = 0, qualified = 0, count = 0] = counts.toSorted((a, b) => a - b)
          return fact('cohort', 'LEAD', { count, qualified, negotiated, won })
        })
        const rates = conversionsOf(rows, year, () => null)
          .filter(({ from }) => from === 'LEAD')
          .map(({ rate }) => rate)
        if (rows.every(({ count }) => count === 0)) expect(rates).toEqual([null, null, null])
        else {
          const known = rates.map((rate) => rate ?? Number.NaN)
          expect(known.every((rate) => rate >= 0 && rate <= 1)).toBe(true)
          expect(known).toEqual(known.toSorted((a, b) => b - a))
        }
      }),
    )
  })
  it('round to four decimals and never divide by nothing', () => {
    expect([shareOf(1, 3), shareOf(0, 3), shareOf(3, 3), shareOf('0.00', '0.00')]).toEqual([0.3333, 0, 1, null])
  })
})

describe('velocity', () => {
  it('is open deals x win rate x average won value / average cycle', () => {
    const won = [{ currency: 'EUR', count: 2, value: '3000.00', cycleSeconds: String(2 * 30 * 86_400) }]
    const lost = [{ currency: 'EUR', count: 2, value: '1.00' }]
    // 10 x 0.5 x 1500 / 30
    expect(velocityOf('EUR', 10, won, lost)).toEqual({
      currency: 'EUR',
      open: 10,
      winRate: 0.5,
      averageWon: '1500.00',
      averageCycleDays: 30,
      perDay: '250.00',
    })
  })
  it('is not known without a win, or when wins took no time', () => {
    expect(velocityOf('EUR', 10, [], [{ currency: 'EUR', count: 2, value: '1.00' }])).toMatchObject({
      winRate: 0,
      averageWon: null,
      perDay: null,
    })
    expect(
      velocityOf('EUR', 10, [{ currency: 'EUR', count: 1, value: '1.00', cycleSeconds: '0' }], []).perDay,
    ).toBeNull()
  })
})

describe('odds of a stage', () => {
  const closed = (stage: DealStage, count: number, qualified: number) =>
    fact('history', stage, { count, qualified, negotiated: 0 })
  it('come from the deals that passed it, won and lost, once there are thirty', () => {
    const history = historyOf([closed('CLOSED_WON', 12, 12), closed('CLOSED_LOST', 18, 17)])
    expect(probabilitiesOf(history, { QUALIFIED: 35, NEGOTIATION: 0 }, year)).toMatchObject([
      { stage: 'LEAD', percent: 40, source: 'history', sample: 30, won: 12 },
      { stage: 'QUALIFIED', percent: 35, source: 'configured', sample: 29, won: 12 },
      { stage: 'NEGOTIATION', percent: 0, source: 'configured', sample: 0, won: 0 },
    ])
  })
  it('may be 0 by history too, which is not the same as unknown', () => {
    expect(probabilitiesOf(historyOf([closed('CLOSED_LOST', 30, 0)]), {}, null)[0]).toEqual({
      stage: 'LEAD',
      percent: 0,
      source: 'history',
      ...{ sample: null, sampleDeals: null, won: null, wonDeals: null },
    })
  })
  it('open the deals that they come from', () => {
    const [lead, , negotiation] = probabilitiesOf(historyOf([]), {}, year)
    const days = 'closedFrom=2026-01-01&closedTo=2026-12-31'
    expect(lead?.sampleDeals).toBe(`stage=CLOSED_WON&stage=CLOSED_LOST&${days}`)
    expect(negotiation?.wonDeals).toBe(`stage=CLOSED_WON&${days}&reached=NEGOTIATION`)
  })
})

describe('a period', () => {
  const instant = fc.date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2030-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  it('is its whole months and its edges: every instant in it once, every other not at all', () => {
    fc.assert(
      fc.property(instant, instant, instant, (a, b, probe) => {
        const [since, until] = a < b ? [a, b] : [b, a]
        const { firstMonth, endMonth, edges } = splitPeriod(since, until)
        const monthOf = `${probe.toISOString().slice(0, 7)}-01`
        const whole = monthOf >= firstMonth && monthOf < endMonth ? 1 : 0
        const counted = edges.reduce(
          (sum, edge) => sum + (probe >= edge.since && probe < edge.until ? edge.sign : 0),
          whole,
        )
        expect(counted).toBe(probe >= since && probe < until ? 1 : 0)
      }),
    )
  })
  it('reads half a month at each end at most', () => {
    fc.assert(
      fc.property(instant, instant, (a, b) => {
        const [since, until] = a < b ? [a, b] : [b, a]
        const days =
          splitPeriod(since, until).edges.reduce(
            (sum, edge) => sum + (edge.until.getTime() - edge.since.getTime()),
            0,
          ) / 86_400_000
        expect(days).toBeLessThanOrEqual(31)
      }),
    )
  })
  it('knows the ends of months', () => {
    expect([lastDayOfMonth('2028-02-01'), lastDayOfMonth('2026-12-01'), dayBefore('2026-03-01')]).toEqual([
      '2028-02-29',
      '2026-12-31',
      '2026-02-28',
    ])
  })
})

describe('a link', () => {
  it('escapes what a query must', () => {
    expect(linkOf({ leadSource: 'Fair & Expo', stage: ['LEAD', 'QUALIFIED'] })).toBe(
      'leadSource=Fair+%26+Expo&stage=LEAD&stage=QUALIFIED',
    )
  })
  it('is none where the list would refuse it', () => {
    expect([linkOf({ leadSource: 'x'.repeat(81) }), linkOf({ leadSource: '' })]).toEqual([null, null])
    expect(linkOf({ leadSource: ' x' })).toBe('leadSource=+x')
  })
})
