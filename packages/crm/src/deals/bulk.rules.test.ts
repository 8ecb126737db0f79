import { type BulkChange, dealPriorities, dealStages } from '@throughline/contracts'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outcomeOf, undoneOutcome } from './bulk.rules.ts'
import type { HeldDeal } from './deals.repo.ts'
import { isClosed } from './deals.rules.ts'

const now = new Date('2026-03-04T05:06:07.000Z')
const plainDeal: HeldDeal = {
  id: '00000000-0000-7000-8000-000000000001',
  version: 3,
  stage: 'LEAD',
  priority: 'MEDIUM',
  ownerId: 'one',
  expectedCloseDate: null,
  tags: ['a', 'b'],
  closedAt: null,
  lostReason: null,
  deletedAt: null,
  holds: [],
}
const deal = (given: Partial<HeldDeal> = {}): HeldDeal => ({ ...plainDeal, ...given })

describe('what becomes of one of many deals', () => {
  it.each<[string, HeldDeal, BulkChange]>([
    ['its stage', deal(), { action: 'move', stage: 'LEAD' }],
    ['its owner', deal(), { action: 'assign', ownerId: 'one' }],
    ['nobody as its owner', deal({ ownerId: null }), { action: 'assign', ownerId: null }],
    ['its priority', deal(), { action: 'prioritise', priority: 'MEDIUM' }],
    ['its date', deal({ expectedCloseDate: '2026-05-06' }), { action: 'expect', expectedCloseDate: '2026-05-06' }],
    ['its tags', deal(), { action: 'tag', add: ['b'], remove: ['c'] }],
  ])('is left alone when it has %s already', (_what, given, change) => {
    expect(outcomeOf(given, change, now)).toEqual({ skip: 'already_so' })
  })

  it('closes at the given moment, and keeps a reason only when it is lost', () => {
    expect(outcomeOf(deal(), { action: 'move', stage: 'CLOSED_LOST', lostReason: 'Too dear' }, now)).toEqual({
      after: { stage: 'CLOSED_LOST', closedAt: now.toISOString(), lostReason: 'Too dear' },
    })
    expect(outcomeOf(deal(), { action: 'move', stage: 'CLOSED_WON' }, now)).toEqual({
      after: { stage: 'CLOSED_WON', closedAt: now.toISOString(), lostReason: null },
    })
  })

  it('is re-opened without a date and a reason, unless something is built on it', () => {
    const lost = deal({ stage: 'CLOSED_LOST', closedAt: '2026-01-01T00:00:00.000Z', lostReason: 'Too dear' })
    const change: BulkChange = { action: 'move', stage: 'QUALIFIED' }
    expect(outcomeOf(lost, change, now)).toEqual({ after: { stage: 'QUALIFIED', closedAt: null, lostReason: null } })
    expect(outcomeOf({ ...lost, holds: ['Capital call 3'] }, change, now)).toEqual({ skip: 'held' })
    expect(outcomeOf(lost, { action: 'move', stage: 'CLOSED_WON' }, now)).toEqual({ skip: 'illegal_transition' })
  })

  it('is closed or open in each of its outcomes, whatever it was and whatever is asked', () => {
    const stage = fc.constantFrom(...dealStages)
    fc.assert(
      fc.property(stage, stage, fc.boolean(), (from, to, held) => {
        const outcome = outcomeOf(
          deal({ stage: from, holds: held ? ['Capital call'] : [] }),
          { action: 'move', stage: to, lostReason: 'x' },
          now,
        )
        if ('skip' in outcome) return
        expect(outcome.after.stage).toBe(to)
        expect(outcome.after.closedAt !== null).toBe(isClosed(to))
        expect(outcome.after.lostReason !== null).toBe(to === 'CLOSED_LOST')
        expect(isClosed(from) && isClosed(to)).toBe(false)
      }),
    )
  })
})

describe('tagging many', () => {
  const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'))
  it('leaves each tag once, with all that were added and none that were removed only', () => {
    fc.assert(
      fc.property(tags, tags, tags, (had, add, remove) => {
        const outcome = outcomeOf(deal({ tags: had }), { action: 'tag', add, remove }, now)
        const after = 'after' in outcome ? (outcome.after.tags ?? []) : had
        const wanted = new Set([...had.filter((tag) => !remove.includes(tag)), ...add])
        expect(new Set(after)).toEqual(wanted)
        expect(after).toHaveLength(wanted.size)
      }),
    )
  })
  it('says of the same wish a second time that it is so already', () => {
    fc.assert(
      fc.property(tags, tags, tags, (had, add, remove) => {
        // What is added and removed at once is taken out and put at the end.
        fc.pre(!add.some((tag) => remove.includes(tag)))
        const change: BulkChange = { action: 'tag', add, remove }
        const once = outcomeOf(deal({ tags: had }), change, now)
        const after = 'after' in once ? deal({ ...once.after }) : deal({ tags: had })
        expect(outcomeOf(after, change, now)).toEqual({ skip: 'already_so' })
      }),
    )
  })
})

describe('taking a change back', () => {
  it('leaves a deal that has been changed since as it is', () => {
    fc.assert(
      fc.property(fc.constantFrom(...dealPriorities), fc.integer({ min: 1, max: 9 }), (priority, ahead) => {
        const changed = deal({ version: 3 + ahead })
        expect(undoneOutcome(changed, { priority }, 3)).toEqual({ skip: 'changed_since' })
      }),
    )
  })
  it('gives an untouched deal what it had before', () => {
    expect(undoneOutcome(deal({ priority: 'URGENT' }), { priority: 'LOW' }, 3)).toEqual({ after: { priority: 'LOW' } })
  })
  it('does not re-open what something has been built on meanwhile', () => {
    const won = deal({ stage: 'CLOSED_WON', holds: ['Capital call 3'] })
    expect(undoneOutcome(won, { stage: 'LEAD' }, 3)).toEqual({ skip: 'held' })
  })
})
