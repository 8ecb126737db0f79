import { describe, expect, it } from 'vitest'
import {
  asCoInvestment,
  coInvestmentReason,
  emptyComponent,
  emptyDraft,
  missingOf,
  proposedDueDate,
  requestOf,
  type WizardComponent,
  type WizardDraft,
  withEverybody,
  withExcuse,
  withoutParticipants,
  withParticipant,
} from './wizard-draft.ts'

const first: WizardComponent = { ...emptyComponent('a'), amount: '1,250 000.50' }
const second: WizardComponent = { ...emptyComponent('b'), kind: 'FEE', label: 'Fee', amount: '15', dealId: 'x' }
const draft: WizardDraft = {
  ...emptyDraft('2026-03-02', 10),
  title: ' First call ',
  components: [first, second],
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

describe('a co-investment in the wizard', () => {
  const beside: WizardDraft = { ...draft, components: [{ ...first, ...asCoInvestment(true) }, second] }
  const takes = (investorId: string, takesPart = true) => ({ investorId, componentKey: 'a', takesPart })
  const excusedIn = (of: WizardDraft) => requestOf(of).components.map(({ excused }) => excused)

  it('is outside of the commitment, and asks for who takes part', () => {
    expect(requestOf(beside).components[0]).toMatchObject({ insideCommitment: false, excused: [] })
    expect(withoutParticipants(beside)).toBe('Choose who takes part in Investment.')
    expect(withoutParticipants(draft)).toBeUndefined()
  })

  it('excuses all others from it, and from nothing else', () => {
    const known = withEverybody(beside, ['x', 'y', 'z'])
    const chosen = withParticipant(withParticipant(known, takes('y')), takes('z'))
    const without = withParticipant(chosen, takes('z', false))
    const reason = coInvestmentReason
    expect(excusedIn(without)).toEqual([
      [
        { investorId: 'x', reason },
        { investorId: 'z', reason },
      ],
      [],
    ])
    expect(withoutParticipants(without)).toBeUndefined()
    expect(excusedIn(withParticipant(draft, takes('x')))).toEqual([[], []])
  })

  it('is known again when a draft is changed: those take part who are not excused', () => {
    const stored = { ...first, participants: [], excused: { x: coInvestmentReason, z: coInvestmentReason } }
    const again: WizardDraft = { ...draft, components: [stored, second] }
    expect(excusedIn(again)[0]).toHaveLength(2)
    const known = withEverybody(again, ['x', 'y', 'z'])
    expect(known.components[0]?.participants).toEqual(['y'])
    expect(excusedIn(known)).toEqual(excusedIn(again))
  })

  it('is taken back to all investors', () => {
    const all = { ...draft, components: [{ ...beside.components[0], ...asCoInvestment(false) }, second] }
    expect(all.components[0]).toEqual(first)
  })
})
