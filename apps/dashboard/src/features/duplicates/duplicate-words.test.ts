import { expect, it } from 'vitest'
import { movesOf, wordsOf } from './duplicate-words.ts'

it('says what moves, and nothing of what does not', () => {
  expect(movesOf({ deals: 2, contacts: 0, timeline: 1, dealContacts: 0 })).toBe('2 deals, 1 timeline entry')
  expect(movesOf({ deals: 0, contacts: 0, timeline: 0, dealContacts: 0 })).toBe('')
})

it('shows a value, a list, nothing, and a zero that is something', () => {
  expect([wordsOf('x'), wordsOf(['a', 'b']), wordsOf([]), wordsOf(null), wordsOf(0)]).toEqual([
    ...['x', 'a, b', '–', '–', '0'],
  ])
})
