import { expect, it } from 'vitest'
import { addMonths, addMonthsToDay, isMonth, weeksOf } from './month.ts'

it('shows whole weeks from Monday on that hold the month', () => {
  const weeks = weeksOf('2026-11')
  expect(weeks.map((week) => week[0])).toEqual([
    '2026-10-26',
    '2026-11-02',
    '2026-11-09',
    '2026-11-16',
    '2026-11-23',
    '2026-11-30',
  ])
  expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06')
  expect(weeksOf('2027-02')).toHaveLength(4)
})

it('goes over the end of a year and of a short month', () => {
  expect([addMonths('2026-11', 3), addMonths('2026-01', -1)]).toEqual(['2027-02', '2025-12'])
  expect([addMonthsToDay('2026-01-31', 1), addMonthsToDay('2026-03-31', -1), addMonthsToDay('2026-05-15', 1)]).toEqual([
    '2026-02-28',
    '2026-02-28',
    '2026-06-15',
  ])
})

it('takes nothing else for a month', () => {
  expect(['2026-13', '2026-1', 'now', '0000-05'].filter(isMonth)).toEqual([])
})
