import { type DealStage, dealStages } from '@throughline/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leadScore, type ScoredDeal } from '../lead-score.ts'
import { checkMove, isClosed, mayChange, type StageTotal, summarise } from './deals.rules.ts'

describe('moving a deal', () => {
  const open = dealStages.filter((stage) => !isClosed(stage))
  it.each(open.flatMap((from) => dealStages.map((to) => [from, to] as const)))('may go from %s to %s', (from, to) => {
    expect(() => checkMove({ stage: from, holds: [] }, to, to === 'CLOSED_LOST' ? 'too dear' : undefined)).not.toThrow()
  })
  it.each(open)('may be re-opened from won and lost to %s', (to) => {
    for (const from of ['CLOSED_WON', 'CLOSED_LOST'] as const)
      expect(() => checkMove({ stage: from, holds: [] }, to, undefined)).not.toThrow()
  })
  it.each([
    ['CLOSED_WON', 'CLOSED_LOST'],
    ['CLOSED_LOST', 'CLOSED_WON'],
  ] as const)('may not turn %s into %s', (from, to) => {
    expect(() => checkMove({ stage: from, holds: [] }, to, to === 'CLOSED_LOST' ? 'x' : undefined)).toThrow(
      expect.objectContaining({ code: 'illegal_transition' }),
    )
  })
  it('may not be re-opened while something is built on it, and says what', () => {
    const won = { stage: 'CLOSED_WON', holds: ['Capital call 3'] } as const
    expect(() => checkMove(won, 'NEGOTIATION', undefined)).toThrow(
      expect.objectContaining({ code: 'illegal_transition', message: expect.stringContaining('Capital call 3') }),
    )
    expect(() => checkMove(won, 'CLOSED_WON', undefined)).not.toThrow()
  })
  it('needs a reason to be lost, and takes one for nothing else', () => {
    expect(() => checkMove({ stage: 'LEAD', holds: [] }, 'CLOSED_LOST', undefined)).toThrow(
      expect.objectContaining({ code: 'validation_failed' }),
    )
    expect(() => checkMove({ stage: 'LEAD', holds: [] }, 'CLOSED_WON', 'why?')).toThrow(
      expect.objectContaining({ code: 'validation_failed' }),
    )
  })
})

describe('who may change a deal', () => {
  it.each([
    ['member', 'me', true],
    ['member', 'other', false],
    ['member', null, false],
    ['manager', 'other', true],
    ['admin', null, true],
    [null, 'other', true],
  ] as const)('a %s and a deal of %s: %s', (role, ownerId, allowed) => {
    expect(mayChange({ id: 'me', role }, ownerId)).toBe(allowed)
  })
})

describe('the lead score', () => {
  const bare: ScoredDeal = {
    value: '0.00',
    priority: 'LOW',
    leadSource: null,
    hasCompany: false,
    hasContact: false,
    contactEmail: null,
    expectedCloseDate: null,
  }
  const known: ScoredDeal = {
    value: '5000.00',
    priority: 'URGENT',
    leadSource: 'Referral',
    hasCompany: true,
    hasContact: true,
    contactEmail: 'jane@acme.test',
    expectedCloseDate: '2026-12-31',
  }
  it.each<[string, ScoredDeal, number]>([
    ['nothing known', bare, 10],
    ['everything known', known, 100],
    ['a private address', { ...known, contactEmail: 'jane@gmail.com' }, 90],
    ['a cold call', { ...bare, leadSource: 'Outbound' }, 15],
  ])('of a deal with %s', (_case, deal, score) => expect(leadScore(deal)).toBe(score))
})

describe('statistics', () => {
  const total = (stage: DealStage, currency: string, count: number, value: string, score = 0): StageTotal => ({
    stage,
    currency,
    count,
    value,
    score,
  })

  it('has no win rate when nothing has closed', () => {
    expect(summarise([total('LEAD', 'EUR', 3, '30.00')]).winRate).toBeNull()
    expect(summarise([]).winRate).toBeNull()
  })
  it('takes the win rate over closed deals only', () => {
    const stats = summarise([
      total('LEAD', 'EUR', 90, '1.00'),
      total('CLOSED_WON', 'EUR', 3, '1.00'),
      total('CLOSED_LOST', 'EUR', 7, '1.00'),
    ])
    expect(stats).toMatchObject({ winRate: 0.3, openCount: 90, wonCount: 3, lostCount: 7 })
  })
  it('weights open deals by stage, and lost ones not at all', () => {
    const stats = summarise([
      total('LEAD', 'EUR', 1, '1000.00'),
      total('QUALIFIED', 'EUR', 1, '1000.00'),
      total('NEGOTIATION', 'EUR', 1, '1000.00'),
      total('CLOSED_WON', 'EUR', 1, '5000.00'),
      total('CLOSED_LOST', 'EUR', 1, '9000.00'),
    ])
    expect(stats.weightedPipeline).toEqual([{ currency: 'EUR', value: '1100.00' }])
    expect(stats.pipeline).toEqual([{ currency: 'EUR', value: '3000.00' }])
    expect(stats.won).toEqual([{ currency: 'EUR', value: '5000.00' }])
  })
  it('never adds different currencies', () => {
    const stats = summarise([total('LEAD', 'USD', 1, '10.00'), total('LEAD', 'EUR', 2, '0.30', 90)])
    expect(stats.pipeline).toEqual([
      { currency: 'EUR', value: '0.30' },
      { currency: 'USD', value: '10.00' },
    ])
    expect(stats.byStage[0]).toMatchObject({ stage: 'LEAD', count: 3, averageScore: 30 })
    expect(stats.byStage).toHaveLength(5)
  })
  it('adds cents exactly, whatever their number', () => {
    const cents = fc.array(fc.integer({ min: 0, max: 10 ** 12 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(cents, (amounts) => {
        const rows = amounts.map((amount) =>
          total('LEAD', 'EUR', 1, `${BigInt(amount) / 100n}.${String(amount % 100).padStart(2, '0')}`),
        )
        const sum = amounts.reduce((all, amount) => all + BigInt(amount), 0n)
        const expected = `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`
        expect(summarise(rows).pipeline).toEqual([{ currency: 'EUR', value: expected }])
      }),
    )
  })
})
