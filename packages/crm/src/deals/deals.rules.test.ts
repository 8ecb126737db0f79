import { dealStages } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { checkMove, isClosed, mayChange } from './deals.rules.ts'

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
