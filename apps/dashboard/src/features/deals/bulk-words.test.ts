import type { SkipReason } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { choiceWords, resultWords } from './bulk-words.ts'

const ids = (count: number) => Array.from({ length: count }, (_, index) => `deal-${index}`)
const skipped = (reason: SkipReason, count: number) => ids(count).map((id) => ({ id, reason }))

it('tells how many were changed, and why the others were not', () => {
  expect(resultWords({ updated: ids(98), skipped: skipped('not_yours', 2) }, 'moved')).toBe(
    '98 moved, 2 skipped: not yours',
  )
  const mixed = [...skipped('already_so', 1), ...skipped('not_yours', 3)]
  expect(resultWords({ updated: [], skipped: mixed }, 'deleted')).toBe(
    'None deleted, 4 skipped: 3 not yours, 1 already so',
  )
})

it('says no more than the number when all went through', () => {
  expect(resultWords({ updated: ids(1200), skipped: [] }, 'assigned')).toBe('1,200 assigned')
})

it('says how many are chosen, and offers as many more as can be changed at once', () => {
  const shown = { loaded: 50, chosen: 50, most: 1000 }
  expect(choiceWords({ ...shown, matching: 312 })).toEqual({
    said: 'All 50 shown are selected.',
    offer: 'Select all 312 that match',
  })
  expect(choiceWords({ ...shown, matching: 4312 }).offer).toBe('Select the first 1,000 of 4,312')
  expect(choiceWords({ ...shown, matching: undefined }).offer).toBe('Select all that match')
  expect(choiceWords({ ...shown, chosen: 312, matching: 312 })).toEqual({ said: 'All 312 that match are selected.' })
  expect(choiceWords({ ...shown, chosen: 1000, matching: 4312 })).toEqual({
    said: 'The first 1,000 of 4,312 are selected: no more can be changed at once.',
  })
})

it('does not say all when it knows of some that came since', () => {
  expect(choiceWords({ loaded: 50, chosen: 800, matching: 805, most: 1000 })).toEqual({
    said: 'All 800 shown are selected.',
    offer: 'Select all 805 that match',
  })
})

it('does not call a thousand the first ones when there are no more', () => {
  expect(choiceWords({ loaded: 50, chosen: 1000, matching: 1000, most: 1000 }).said).toBe(
    'All 1,000 that match are selected.',
  )
})
