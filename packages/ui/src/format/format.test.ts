import { expect, it } from 'vitest'
import { safeNextPath } from '../api/next-path.ts'
import { formatAge, formatCompactMoney, formatCountdown, formatDay, formatMoney, formatShare } from './format.ts'

it('shows money to the cent, also where a float could not', () => {
  expect(formatMoney('1250.00', 'EUR')).toBe('€1,250')
  expect(formatMoney('0.10', 'USD')).toBe('$0.10')
  expect(formatMoney('9007199254740993.01', 'USD')).toBe('$9,007,199,254,740,993.01')
  expect(formatCompactMoney('24245543.00', 'USD')).toBe('$24.2M')
})

it('says nothing about a win rate when nothing has closed', () => {
  expect(formatShare(null)).toBe('–')
  expect(formatShare(0)).toBe('0%')
})

it('keeps a day the same day everywhere', () => {
  expect(formatDay('2026-03-01')).toBe('Mar 1, 2026')
})

it('says how long ago', () => {
  const now = new Date('2026-11-21T12:00:00Z')
  expect(formatAge('2026-11-18T12:00:00Z', now)).toBe('3 days ago')
  expect(formatAge('2026-11-21T11:59:50Z', now)).toBe('just now')
})

it('counts down in minutes and seconds', () => {
  expect(formatCountdown(754)).toBe('12:34')
  expect(formatCountdown(9)).toBe('0:09')
})

it('goes back to a path of this site and to no other place', () => {
  expect(safeNextPath('/deals?stage=LEAD', '/')).toBe('/deals?stage=LEAD')
  for (const evil of ['//evil.example', 'https://evil.example', '/\\evil.example', 'javascript:alert(1)', null, ''])
    expect(safeNextPath(evil, '/pipeline')).toBe('/pipeline')
})
