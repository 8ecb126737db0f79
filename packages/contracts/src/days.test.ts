import { expect, it } from 'vitest'
import { dayIn } from './days.ts'

it('the day is another one at the same moment in another zone', () => {
  const instant = new Date('2026-03-31T23:30:00Z')
  expect(dayIn('UTC', instant)).toBe('2026-03-31')
  expect(dayIn('Europe/Paris', instant)).toBe('2026-04-01')
  expect(dayIn('Asia/Kolkata', instant)).toBe('2026-04-01')
  expect(dayIn('Pacific/Auckland', instant)).toBe('2026-04-01')
  expect(dayIn('America/New_York', instant)).toBe('2026-03-31')
  expect(() => dayIn('Mars/Base', instant)).toThrow(RangeError)
})
