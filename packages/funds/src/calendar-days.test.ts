import { describe, expect, it } from 'vitest'
import { addDays, addMonths, dayNumber, daysBetween } from './calendar-days.ts'

describe('a day', () => {
  it.each([
    ['2026-03-05', 10, '2026-03-15'],
    ['2026-03-25', 10, '2026-04-04'],
    ['2026-10-20', 10, '2026-10-30'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
  ])('%s and %s days is %s wherever the clocks change', (day, days, expected) => {
    const zone = process.env.TZ
    for (const where of ['UTC', 'America/New_York', 'Europe/Paris', 'Pacific/Apia']) {
      process.env.TZ = where
      expect(addDays(day, days)).toBe(expected)
    }
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })
  it.each(['2026-02-29', '2026-13-01', '26-01-01', '2026-1-1', ''])('%j does not exist', (day) => {
    expect(() => dayNumber(day)).toThrow('not a day')
  })
  it('counts the days to another, leap years too', () => {
    expect(daysBetween('2024-01-01', '2025-01-01')).toBe(366)
    expect(daysBetween('2025-03-10', '2025-03-01')).toBe(-9)
  })
  it('has the last day of a shorter month', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2026-11-30', 3)).toBe('2027-02-28')
    expect(addMonths('2026-01-15', -1)).toBe('2025-12-15')
  })
})
