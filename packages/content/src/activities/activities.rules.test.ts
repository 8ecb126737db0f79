import { type ActivityState, activityStates } from '@throughline/contracts'
import { describe, expect, it } from 'vitest'
import { checkStep, countWords, isFinal, titleOf } from './activities.rules.ts'

const allowed = (from: ActivityState) =>
  activityStates.filter((to) => {
    try {
      checkStep(from, to)
      return true
    } catch {
      return false
    }
  })

describe('the life of an activity', () => {
  it('ends with an approval, a rejection or a cancellation', () => {
    expect(activityStates.filter(isFinal)).toEqual(['APPROVED', 'REJECTED', 'CANCELLED'])
  })

  it('lets only a claimed draft be decided', () => {
    const decided: ActivityState[] = ['APPROVED', 'REJECTED', 'REVISION_REQUESTED']
    for (const from of activityStates)
      expect(
        allowed(from).some((to) => decided.includes(to)),
        from,
      ).toBe(from === 'IN_REVIEW')
  })

  it('brings a requested revision back to the writer', () => {
    expect(allowed('REVISION_REQUESTED')).toEqual(['GENERATING', 'GENERATION_FAILED', 'CANCELLED'])
  })

  it('says which step was refused', () => {
    expect(() => checkStep('APPROVED', 'REJECTED')).toThrow(
      expect.objectContaining({ code: 'illegal_transition', details: { from: 'APPROVED', to: 'REJECTED' } }),
    )
  })
})

it('takes the title from the draft, and from the topic when there is none', () => {
  expect(titleOf('# A title\n\ntext', 'topic')).toBe('A title')
  expect(titleOf('no heading', 'topic')).toBe('topic')
})

it('counts words in any script', () => {
  expect(countWords('It’s “one” — zwei, três!')).toBe(4)
})
