import { expect, it } from 'vitest'
import { backoffDelayMs } from './backoff.mjs'

it('waits twice as long after each crash, and never longer than half a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 1000].map(backoffDelayMs)).toEqual([
    500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000,
  ])
})
