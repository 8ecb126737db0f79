import type { SkipReason } from '@throughline/contracts'
import { expect, it } from 'vitest'
import { resultWords } from './bulk-words.ts'

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
