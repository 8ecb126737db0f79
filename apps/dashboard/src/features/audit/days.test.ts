import { expect, it } from 'vitest'
import { endOfDay, startOfDay } from './days.ts'

it('takes days as those of the firm, also where the clocks change on that day', () => {
  expect(startOfDay('2026-11-21', 'UTC')).toBe('2026-11-21T00:00:00.000Z')
  expect(startOfDay('2026-11-21', 'America/New_York')).toBe('2026-11-21T05:00:00.000Z')
  expect(startOfDay('2026-11-21', 'Asia/Kolkata')).toBe('2026-11-20T18:30:00.000Z')
  // 2026-03-29 has 23 hours in Amsterdam, 2026-10-25 has 25.
  expect([startOfDay('2026-03-29', 'Europe/Amsterdam'), endOfDay('2026-03-29', 'Europe/Amsterdam')]).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ])
  expect(endOfDay('2026-10-25', 'Europe/Amsterdam')).toBe('2026-10-25T23:00:00.000Z')
})

it('takes nothing else for a day', () => {
  expect(startOfDay('yesterday', 'UTC')).toBeUndefined()
  expect(endOfDay('2026-13-01', 'UTC')).toBeUndefined()
})
