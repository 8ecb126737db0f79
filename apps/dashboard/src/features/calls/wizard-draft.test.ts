import { describe, expect, it } from 'vitest'
import { emptyComponent, emptyDraft, missingOf, proposedDueDate, requestOf, withExcuse } from './wizard-draft.ts'

const draft = {
  ...emptyDraft('2026-03-02', 10),
  title: ' First call ',
  components: [
    { ...emptyComponent('a'), amount: '1,250 000.50' },
    { ...emptyComponent('b'), kind: 'FEE' as const, label: 'Fee', amount: '15', dealId: 'x' },
  ],
}

describe('a call in the wizard', () => {
  it('proposes a due date that leaves the notice and is on no weekend', () => {
    expect(proposedDueDate('2026-03-02', 10)).toBe('2026-03-16')
    expect(proposedDueDate('2026-03-07', 10)).toBe('2026-03-23')
    expect(proposedDueDate('2026-03-02', 0)).toBe('2026-03-02')
  })

  it('is sent as amounts without blanks and commas; only an investment has a deal', () => {
    expect(requestOf(draft)).toMatchObject({
      title: 'First call',
      percent: null,
      components: [{ amount: '1250000.50' }, { amount: '15', dealId: null }],
    })
  })

  it('in per cent leaves the last component what the others leave', () => {
    const percent = { ...draft, basis: 'percent' as const, percent: '12.5' }
    expect(requestOf(percent)).toMatchObject({
      percent: '12.5',
      components: [{ amount: '1250000.50' }, { amount: null }],
    })
    expect(missingOf({ ...percent, percent: '12,5' })).toContain('per cent')
  })

  it('says what is missing', () => {
    expect(missingOf(draft)).toBeUndefined()
    expect(missingOf({ ...draft, title: ' ' })).toContain('title')
    expect(missingOf({ ...draft, dueDate: '' })).toContain('due')
    expect(missingOf({ ...draft, components: [{ ...emptyComponent('a'), amount: '1e5' }] })).toContain('amount')
  })

  it('excuses an investor from one component with a reason, and takes it back', () => {
    const excused = withExcuse(draft, { investorId: 'lp', componentKey: 'a', reason: 'No weapons' })
    expect(requestOf(excused).components.map((component) => component.excused)).toEqual([
      [{ investorId: 'lp', reason: 'No weapons' }],
      [],
    ])
    expect(withExcuse(excused, { investorId: 'lp', componentKey: 'a', reason: null })).toEqual(draft)
  })
})
