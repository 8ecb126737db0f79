import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moicOf, multiplesOf, portfolioMultiplesOf, type Totals } from './multiples.rules.ts'

const totals = (more: Partial<Totals>): Totals => ({
  commitment: 100n,
  paidIn: 30n,
  distributed: 45n,
  recallable: 0n,
  nav: 0n,
  ...more,
})

describe('multiples', () => {
  it('of -10, -20, +15, +30 and 15 left: DPI 1.5, TVPI 2.0', () => {
    const { dpi, rvpi, tvpi, pic } = multiplesOf(totals({ nav: 15n }))
    expect([dpi.value, rvpi.value, tvpi.value, pic.value]).toEqual(['1.5000', '0.5000', '2.0000', '0.3000'])
  })
  it('of -25, +15 and 20 left: TVPI 1.4', () => {
    expect(multiplesOf(totals({ paidIn: 25n, distributed: 15n, nav: 20n })).tvpi.value).toBe('1.4000')
  })
  it('are none, with the reason, while nothing is paid in', () => {
    const none = { value: null, reason: 'nothing_paid_in' }
    const { dpi, rvpi, tvpi, pic } = multiplesOf(totals({ paidIn: 0n, distributed: 0n }))
    expect([dpi, rvpi, tvpi]).toEqual([none, none, none])
    expect(pic.value).toBe('0.0000')
    expect(multiplesOf(totals({ commitment: 0n })).pic).toEqual({ value: null, reason: 'nothing_committed' })
  })
  it('count recallable distributions on both sides by GIPS, and on neither when netted; the policy is named', () => {
    const fund = totals({ paidIn: 100n, distributed: 50n, recallable: 20n, nav: 70n })
    expect(multiplesOf(fund)).toMatchObject({ policy: 'gips', dpi: { value: '0.5000' }, tvpi: { value: '1.2000' } })
    expect(multiplesOf(fund, 'net')).toMatchObject({
      policy: 'net',
      dpi: { value: '0.3750' },
      tvpi: { value: '1.2500' },
      pic: { value: '0.8000' },
    })
  })
  it('of a portfolio come from its totals, not from an average of ratios', () => {
    const small = totals({ paidIn: 1n, distributed: 3n })
    const large = totals({ paidIn: 99n, distributed: 97n })
    expect(portfolioMultiplesOf([small, large]).dpi.value).toBe('1.0000')
    expect(portfolioMultiplesOf([]).dpi.value).toBeNull()
  })
  it('add up: DPI and RVPI make TVPI, but for the last place', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 14n })
    fc.assert(
      fc.property(amount, amount, amount, (paidIn, distributed, nav) => {
        fc.pre(paidIn > 0n)
        const { dpi, rvpi, tvpi } = multiplesOf(totals({ paidIn, distributed, nav }))
        const units = ({ value }: { value: string | null }) => BigInt((value ?? '').replace('.', ''))
        const apart = units(dpi) + units(rvpi) - units(tvpi)
        expect(apart >= -1n && apart <= 1n).toBe(true)
      }),
    )
  })
  it('of a deal is MOIC, on what was invested', () => {
    expect(moicOf({ invested: 200n, realised: 100n, value: 350n }).value).toBe('2.2500')
    expect(moicOf({ invested: 0n, realised: 0n, value: 5n }).value).toBeNull()
  })
})
