import type { FundFigures } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { tilesOf } from './figure-tiles.ts'

const ratio = { value: '1.0000', reason: null }
const rate = (of: number) => ({ rate: of, reason: null, warnings: [] })
const figures: FundFigures = {
  ...{ fundId: 'f', currency: 'EUR', asOf: '2026-03-01', investors: 2, policy: 'gips', struckOn: null },
  ...{ commitment: '1000.00', called: '500.00', paidIn: '500.00', uncalled: '500.00', outstanding: '0.00' },
  ...{ distributed: '0.00', recallable: '0.00', prepaid: '0.00', nav: '605.00', accruedCarry: '0.00' },
  ...{ dpi: ratio, rvpi: ratio, tvpi: ratio, pic: ratio, moic: ratio },
  irr: { gross: rate(0.21), net: rate(0.4688) },
  subscriptionLine: 'none_recorded',
}
const ratesOf = (of: FundFigures) =>
  tilesOf(of)
    .filter(({ label }) => /IRR, net|line/.test(label))
    .map(({ label, value, detail, figure }) => [label, value, detail.split(',')[0], figure])

describe('the tiles of a fund', () => {
  it('say that no subscription line is recorded', () => {
    expect(ratesOf(figures)).toEqual([['IRR, net', '46.88 %', 'no subscription line recorded', 'paidIn']])
  })

  it('show the net rate with and without a line that was used, and what is drawn of it', () => {
    const used = { ...figures, subscriptionLine: { drawn: '250.00', netIrrWithout: rate(0.21) } }
    expect(ratesOf(used)).toEqual([
      ['IRR, net', '46.88 %', 'with the subscription line', 'paidIn'],
      ['IRR, net, without the line', '21.00 %', 'as if investors had paid when the line did', 'drawn'],
      ['Subscription line', expect.stringContaining('250'), 'drawn and not repaid', 'drawn'],
    ])
  })

  it('show a rate of nearly nothing as nothing, of either sign', () => {
    const of = (net: number) => ratesOf({ ...figures, irr: { ...figures.irr, net: rate(net) } })[0]?.[1]
    expect([of(-5.6e-18), of(0), of(-0.000_1)]).toEqual(['0.00 %', '0.00 %', '-0.01 %'])
  })
})
