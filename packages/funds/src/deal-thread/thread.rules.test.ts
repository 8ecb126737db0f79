import { threadFigures } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { isAccountCode } from '../ledger/index.ts'
import { countedLines, explanationOf, figuresOf, standingOf } from './thread.rules.ts'

const [fundId, sourceId, entryId] = ['fund', 'source', 'entry']
const row = { fundId, sourceId, on: '2026-03-10' }

describe('a number is explained', () => {
  it('by the one entry that booked it', () => {
    expect(explanationOf({ ...row, kind: 'invested', figure: 'invested', entryId })).toEqual({
      ...{ fundId, figure: 'invested', entryId },
    })
  })

  it('by all receipts of a call on a day', () => {
    expect(explanationOf({ ...row, kind: 'received', figure: 'received', entryId: null })).toEqual({
      ...{ fundId, figure: 'received', sourceId, on: '2026-03-10' },
    })
  })

  it('by everything up to the day of a mark, which says what all of it is worth', () => {
    expect(explanationOf({ ...row, kind: 'marked', figure: 'value', entryId: null })).toEqual({
      ...{ fundId, figure: 'value', through: '2026-03-10' },
    })
  })

  it('by no entry where no money has moved', () => {
    expect(explanationOf({ ...row, kind: 'allocated', figure: null, entryId: null })).toBeNull()
    expect(explanationOf({ ...row, kind: 'won', fundId: null, figure: null, entryId: null })).toBeNull()
  })
})

describe('figures', () => {
  it('are counted on accounts of the books, each but what is a part of a call', () => {
    expect(countedLines.filter(({ account }) => !isAccountCode(account))).toEqual([])
    const figures = new Set(countedLines.map(({ figure }) => figure))
    expect(threadFigures.filter((figure) => !figures.has(figure))).toEqual(['called', 'received'])
  })

  it('are nothing where no entry adds to them', () => {
    const figures = figuresOf({ called: '12.5' }, (decimal) => Number(decimal).toFixed(2))
    expect(Object.keys(figures)).toEqual([...threadFigures])
    expect([figures.called, figures.paid]).toEqual(['12.50', '0.00'])
  })

  it('say what became of what was invested, and how much of the fund it is', () => {
    const held = { value: '30.00', invested: '20.00', returned: '15.00' }
    expect(standingOf(held, '90.00', 'EUR')).toEqual({ moic: { value: '2.2500', reason: null }, shareOfNav: '33.3' })
    expect(standingOf({ ...held, value: '0.00', invested: '0.00', returned: '0.00' }, '0.00', 'EUR')).toEqual({
      ...{ moic: { value: null, reason: 'nothing_paid_in' }, shareOfNav: null },
    })
    expect(standingOf(held, '-5.00', 'EUR').shareOfNav).toBeNull()
  })
})
