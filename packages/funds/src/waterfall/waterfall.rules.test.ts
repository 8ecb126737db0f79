import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../calendar-days.ts'
import { sumOf } from '../minor-units.ts'
import { irrOf } from '../performance/index.ts'
import { americanWaterfall, clawbackOf, type Deal } from './american.rules.ts'
import { europeanWaterfall, type WaterfallFlow } from './european.rules.ts'
import type { WaterfallTerms } from './terms.ts'
import type { TierShare } from './tiers.rules.ts'

const terms: WaterfallTerms = { preferredReturn: '8', carry: '20', catchUp: '100' }
const cents = (euros: number) => BigInt(Math.round(euros * 100))
const paidIn = (date: string, euros: number): WaterfallFlow => ({ date, kind: 'contribution', amount: cents(euros) })
const proceeds = (date: string, euros: number): WaterfallFlow => ({ date, kind: 'proceeds', amount: cents(euros) })
const totals = (shares: readonly TierShare[] = []) => shares.map(({ total }) => total)

describe('the waterfall of a whole fund', () => {
  // 1,095 days: three years of 365.
  const fund = [paidIn('2021-01-01', 10_000_000), proceeds('2024-01-01', 20_000_000)]

  it('of 10 million for three years and 20 million back: 2,597,120 preferred, 649,280 catch-up, 6,753,600 split', () => {
    const { distributions, investors, generalPartner } = europeanWaterfall(fund, terms)
    expect(totals(distributions[0]?.shares)).toEqual([10_000_000, 2_597_120, 649_280, 6_753_600].map(cents))
    expect([investors, generalPartner]).toEqual([cents(18_000_000), cents(2_000_000)])
  })

  it('with a catch-up of half runs until the general partner has 20 % too', () => {
    const half = { ...terms, catchUp: '50' }
    const list = [paidIn('2021-01-01', 1_000_000), proceeds('2022-01-01', 1_200_000)]
    const { distributions, investors, generalPartner } = europeanWaterfall(list, half)
    expect(distributions[0]?.shares.slice(1)).toEqual([
      { tier: 'preferred_return', total: cents(80_000), investors: cents(80_000), generalPartner: 0n },
      { tier: 'catch_up', total: 5_333_333n, investors: 2_666_666n, generalPartner: 2_666_667n },
      { tier: 'split', total: 6_666_667n, investors: 5_333_334n, generalPartner: 1_333_333n },
    ])
    expect([investors, generalPartner]).toEqual([cents(1_160_000), cents(40_000)])
  })

  it('without a catch-up leaves the preferred return to investors alone', () => {
    const { generalPartner } = europeanWaterfall(fund, { ...terms, catchUp: '0' })
    expect(generalPartner).toBe(cents((10_000_000 - 2_597_120) / 5))
  })

  it('returns capital first, then the preferred return, and says what is still owed', () => {
    const { distributions, generalPartner, hurdle } = europeanWaterfall(
      [paidIn('2021-01-01', 100), proceeds('2022-01-01', 90), proceeds('2023-01-01', 5)],
      terms,
    )
    expect(distributions.map(({ shares }) => totals(shares))).toEqual([
      [cents(90), 0n, 0n, 0n],
      [cents(5), 0n, 0n, 0n],
    ])
    // 108 - 90 = 18, a year on 19.44, less 5
    expect(hurdle).toEqual({ asOf: '2023-01-01', capital: cents(5), preferred: cents(9.44) })
    expect(generalPartner).toBe(0n)
  })

  it('counts the preferred return from the day of each contribution', () => {
    const { distributions } = europeanWaterfall(
      [paidIn('2021-01-01', 100), paidIn('2022-01-01', 100), proceeds('2023-01-01', 250)],
      terms,
    )
    // 1.08^2 and 1.08
    expect(distributions[0]?.shares[1]?.total).toBe(cents(16.64 + 8))
  })

  it('gives investors who have capital and preferred return an XIRR of exactly that', () => {
    const flows = [paidIn('2021-03-05', 1_000_000), paidIn('2021-11-20', 500_000), proceeds('2022-06-30', 400_000)]
    const owed = europeanWaterfall([...flows, proceeds('2024-02-29', 0.01)], terms).hurdle
    const rest = (owed?.capital ?? 0n) + (owed?.preferred ?? 0n) + 1n
    const irr = irrOf([
      ...flows.map(({ date, kind, amount }) => ({ date, amount: kind === 'proceeds' ? amount : -amount })),
      { date: '2024-02-29', amount: rest },
    ])
    expect(irr.rate).toBeCloseTo(0.08, 7)
  })

  it('is refused with a catch-up that never catches up, and with flows of nothing', () => {
    expect(() => europeanWaterfall(fund, { ...terms, catchUp: '20' })).toThrow('never reaches')
    expect(() => europeanWaterfall([paidIn('2021-01-01', 0)], terms)).toThrow('above zero')
    expect(europeanWaterfall([], terms)).toMatchObject({ investors: 0n, generalPartner: 0n, hurdle: null })
  })

  const flow = fc.record({
    kind: fc.constantFrom('contribution' as const, 'proceeds' as const),
    amount: fc.bigInt({ min: 1n, max: 10n ** 11n }),
    gap: fc.integer({ min: 0, max: 500 }),
  })
  it('shares every cent, nothing below zero, and never gives the general partner more than 20 % of the profit', () => {
    fc.assert(
      fc.property(
        fc.array(flow, { minLength: 1, maxLength: 12 }),
        fc.constantFrom('100', '50', '0'),
        (list, catchUp) => {
          let date = '2020-01-01'
          const flows = list.map(({ kind, amount, gap }) => {
            date = addDays(date, gap)
            return { kind, amount, date }
          })
          const { distributions, investors, generalPartner } = europeanWaterfall(flows, { ...terms, catchUp })
          const sum = (kind: string) => sumOf(flows.filter((one) => one.kind === kind).map(({ amount }) => amount))
          expect(investors + generalPartner).toBe(sum('proceeds'))
          for (const share of distributions.flatMap(({ shares }) => shares))
            expect(share.investors >= 0n && share.generalPartner >= 0n).toBe(true)
          const shared = distributions.flatMap(({ shares }) => shares.slice(1))
          const profit = sumOf(shared.map(({ total }) => total))
          expect(generalPartner * 5n <= profit + 10n).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('the waterfall deal by deal', () => {
  const deal = (id: string, bought: string, sold: string | null, cost: number, back: number): Deal => ({
    id,
    investedOn: bought,
    cost: cents(cost),
    realisedOn: sold,
    proceeds: cents(back),
  })
  const winner = deal('winner', '2021-01-01', '2022-01-01', 100, 200)
  const loser = deal('loser', '2021-01-01', '2023-01-01', 100, 0)

  it('pays carry on the first good deal, although others are held', () => {
    const { distributions, generalPartner } = americanWaterfall(
      [deal('held', '2021-01-01', null, 100, 0), winner],
      terms,
    )
    expect(distributions.map(({ dealId }) => dealId)).toEqual(['winner'])
    expect(generalPartner).toBe(cents(20))
  })

  it('makes up for an earlier loss, and the preferred return on it, before it pays carry', () => {
    const lossFirst = { ...loser, realisedOn: '2022-01-01' }
    const late = deal('late', '2022-01-01', '2023-01-01', 100, 240)
    const { distributions, generalPartner } = americanWaterfall([late, lossFirst], terms)
    expect(distributions.map(({ dealId, carriedForward }) => [dealId, carriedForward])).toEqual([
      ['loser', cents(108)],
      ['late', 0n],
    ])
    // Hurdle 108 x 1.08 + 108 = 224.64 of 240: 24.64 preferred, 6.16 catch-up, 9.20 split
    expect(totals(distributions[1]?.shares)).toEqual([200, 24.64, 6.16, 9.2].map(cents))
    expect(generalPartner).toBe(cents(8))
  })

  it('claws back what the whole fund has not earned, and no more than the carry after tax', () => {
    expect(clawbackOf([winner, loser], terms, '0')).toEqual({ received: cents(20), earned: 0n, due: cents(20) })
    expect(clawbackOf([winner, loser], terms, '40')).toMatchObject({ due: cents(12) })
    expect(clawbackOf([winner], terms, '0')).toMatchObject({ received: cents(20), earned: cents(20), due: 0n })
  })

  it('counts no clawback while a deal is held, and refuses a deal that was sold before it was bought', () => {
    expect(() => clawbackOf([{ ...loser, realisedOn: null }], terms, '0')).toThrow('every deal')
    expect(() => americanWaterfall([{ ...winner, realisedOn: '2020-01-01' }], terms)).toThrow(
      expect.objectContaining({ details: { dealId: 'winner' } }),
    )
  })
})
