import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays } from '../calendar-days.ts'
import { lateInterest } from './late-interest.rules.ts'
import { feePeriods, managementFee } from './management-fee.rules.ts'

const cents = (euros: number) => BigInt(Math.round(euros * 100))

describe('the management fee', () => {
  const steps = [
    { from: '2021-01-01', rate: '2', base: 'commitments' },
    { from: '2026-02-15', rate: '1.75', base: 'invested_cost' },
  ] as const
  const bases = [
    { from: '2021-01-01', commitments: cents(100_000_000), investedCost: 0n },
    { from: '2026-01-01', commitments: cents(100_000_000), investedCost: cents(60_000_000) },
  ]
  const feeOf = (from: string, to: string) => managementFee({ from, to }, steps, bases).fee

  it('of 2 % of 100 million is 500,000 a quarter, however many days it has', () => {
    const year = feePeriods({ from: '2024-01-01', to: '2025-01-01' })
    expect(year.map(({ from, to }) => feeOf(from, to))).toEqual(Array(4).fill(cents(500_000)))
  })
  it('of a stub is counted by its days over those of the quarter', () => {
    // 46 of 91 days
    expect(feeOf('2025-05-16', '2025-07-01')).toBe(cents((500_000 * 46) / 91))
  })
  it('changes base and rate on the day, and shows each piece', () => {
    const { pieces, fee, daysOfQuarter } = managementFee({ from: '2026-01-01', to: '2026-04-01' }, steps, bases)
    expect(daysOfQuarter).toBe(90)
    expect(pieces).toEqual([
      { from: '2026-01-01', to: '2026-02-15', days: 45, base: 'commitments', amount: cents(100_000_000), rate: '2' },
      {
        from: '2026-02-15',
        to: '2026-04-01',
        days: 45,
        base: 'invested_cost',
        amount: cents(60_000_000),
        rate: '1.75',
      },
    ])
    expect(fee).toBe(cents(250_000 + 131_250))
  })
  it('has quarters of the calendar, with stubs at both ends', () => {
    expect(feePeriods({ from: '2025-02-10', to: '2025-08-05' })).toEqual([
      { from: '2025-02-10', to: '2025-04-01' },
      { from: '2025-04-01', to: '2025-07-01' },
      { from: '2025-07-01', to: '2025-08-05' },
    ])
  })
  it('is the same in pieces as in one, but for the rounding of each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 89 }), (days) => {
        const middle = addDays('2026-01-01', days)
        const apart = feeOf('2026-01-01', middle) + feeOf(middle, '2026-04-01') - feeOf('2026-01-01', '2026-04-01')
        expect(apart >= -1n && apart <= 1n).toBe(true)
      }),
    )
  })
  it('covers a life without gaps', () => {
    const day = fc.integer({ min: 0, max: 4000 }).map((days) => addDays('2020-01-01', days))
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 3000 }), (from, days) => {
        const to = addDays(from, days)
        const periods = feePeriods({ from, to })
        expect([periods[0]?.from, periods.at(-1)?.to]).toEqual([from, to])
        expect(periods.slice(1).map((period) => period.from)).toEqual(periods.slice(0, -1).map((period) => period.to))
      }),
    )
  })
  it('is refused for more than a quarter, for nothing, and before anything was agreed on', () => {
    expect(() => feeOf('2025-01-01', '2025-04-02')).toThrow('one quarter')
    expect(() => feeOf('2025-01-01', '2025-01-01')).toThrow('ends after it begins')
    expect(() => feeOf('2020-10-01', '2021-01-01')).toThrow('Nothing is agreed on for 2020-10-01')
    expect(() => feeOf('2020-13-01', '2021-01-01')).toThrow('not a day')
  })
})

describe('interest for being late', () => {
  it('of 250,000.00 at 12 % for 37 days is 3,041.10 over 365, and 3,083.33 over 360', () => {
    const of = (dayCount: 'act/365' | 'act/360') =>
      lateInterest(cents(250_000), '2026-03-31', '2026-05-07', { rate: '12', dayCount })
    expect([of('act/365'), of('act/360')]).toEqual([304_110n, 308_333n])
  })
  it('is nothing on the due date and before', () => {
    for (const paidOn of ['2026-03-31', '2026-03-01'])
      expect(lateInterest(cents(250_000), '2026-03-31', paidOn, { rate: '12', dayCount: 'act/365' })).toBe(0n)
  })
})
