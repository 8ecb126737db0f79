import type { PortfolioFigures } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { columnsBehind, tilesOf } from './portfolio-figures.ts'

const ratio = (value: string | null) => ({ value, reason: value === null ? 'nothing_paid_in' : null })
const totals: PortfolioFigures['data'][number] = {
  ...{ currency: 'EUR', funds: 2, commitment: '1500.00', called: '500.00', paidIn: '400.00', uncalled: '1000.00' },
  ...{ outstanding: '100.00', distributed: '100.00', recallable: '0.00', prepaid: '0.00', nav: '600.00' },
  ...{ dpi: ratio('0.2500'), rvpi: ratio('1.5000'), tvpi: ratio('1.7500'), pic: ratio(null) },
  ...{ irr: { rate: null, reason: 'one_sided', warnings: [] }, policy: 'gips' },
}

describe('the figures of a portfolio', () => {
  it('each say the day, and a ratio why there is none', () => {
    const tiles = tilesOf(totals, 'as of today')
    expect(tiles.every(({ detail }) => detail.endsWith('as of today'))).toBe(true)
    expect(tiles.map(({ label, value }) => `${label} ${value}`)).toEqual(
      expect.arrayContaining(['TVPI 1.7500×', 'PIC – (nothing is paid in)', 'IRR – (money has gone one way only)']),
    )
  })

  it('open the funds with what a ratio is made of', () => {
    expect(columnsBehind('called')).toEqual(['called'])
    expect(columnsBehind('tvpi')).toEqual(['distributed', 'nav', 'paidIn', 'tvpi'])
  })
})
