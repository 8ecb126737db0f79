import { signals } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { pointsWords, reasonWords, signalChoice } from './score-words.ts'

const at = '2026-11-21T10:00:00.000Z'

it('has words for every signal', () => {
  for (const reason of signals) expect(reasonWords({ reason, at })).toMatch(/^[a-z ]+$/)
  expect(signalChoice('asked_for_proposal')).toBe('asked for a proposal (+20)')
  expect(signalChoice('chose_competitor')).toBe('chose a competitor (−25)')
})

it('tells what is known of a contact from what somebody saw them do', () => {
  expect(reasonWords({ reason: 'unsubscribed' })).toBe('has unsubscribed')
  expect(reasonWords({ reason: 'unsubscribed', at })).toBe('unsubscribed')
})

it('says a reason that it does not know by its own name', () => {
  expect(reasonWords({ reason: 'a_new_reason' })).toBe('a new reason')
  expect(pointsWords(0)).toBe('+0')
})
