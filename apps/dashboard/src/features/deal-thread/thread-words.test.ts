import type { DealInFund } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { pageOf, partText, subjectOf, tilesOf } from './thread-words.ts'

const call = { source: { kind: 'capital_call' as const, id: 'c' }, number: 3, title: 'Third', fundId: 'f' }

describe('an event', () => {
  it('names the call or the distribution that it is of, and leads there', () => {
    expect(subjectOf(call)).toBe('Capital call 3: Third')
    expect(pageOf(call)).toBe('/funds/f/calls/c')
    const sent = { ...call, source: { kind: 'distribution' as const, id: 'd' } }
    expect([subjectOf(sent), pageOf(sent)]).toEqual(['Distribution 3: Third', '/funds/f/distributions/d'])
    const mark = { ...call, source: { kind: 'nav_mark' as const, id: 'm' } }
    expect([subjectOf(mark), pageOf(mark)]).toEqual(['', '/funds/f/valuation'])
  })

  it('of the deal desk leads nowhere', () => {
    expect(pageOf({ fundId: null, source: { kind: 'deal', id: 'd' } })).toBeNull()
  })

  it('of a call says what of it is for the deal, and what has come', () => {
    expect(partText({ whole: '120.00', received: '50.50', currency: 'EUR' })).toBe(
      'of a call of €120, €50.50 of it received up to now',
    )
    expect(partText({ whole: null, received: null, currency: 'EUR' })).toBe('')
  })
})

it('each figure opens its entries, but what no money has moved for', () => {
  const sums = { called: '1', received: '1', invested: '1', cost: '1', value: '1', returned: '1', gain: '1' }
  const fund: DealInFund = {
    ...{ fundId: 'f', fundName: 'Fund I', currency: 'EUR', asOf: '2026-03-01', allocated: '5.00', coInvested: '2.00' },
    ...{ figures: { ...sums, distributed: '1', paid: '1' }, moic: { value: null, reason: 'nothing_paid_in' } },
    ...{ markedOn: null, nav: '0.00', shareOfNav: null },
  }
  const tiles = tilesOf(fund)
  expect(tiles.filter(({ figure }) => figure === null).map(({ label }) => label)).toEqual(['Allocated'])
  expect(tiles.find(({ label }) => label === 'Allocated')?.detail).toBe('and €2 beside it')
  expect(tiles.find(({ label }) => label === 'Fair value')?.detail).toBe('at cost')
  for (const name of ['Share of NAV', 'MOIC, gross']) expect(tiles.find(({ label }) => label === name)?.value).toBe('–')
  const sold = tilesOf({ ...fund, figures: { ...fund.figures, cost: '0.00', value: '0.00' } })
  expect(sold.find(({ label }) => label === 'Fair value')?.detail).toBe('nothing is held')
})
