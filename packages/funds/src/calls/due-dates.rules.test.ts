import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf } from '../calendar-days.ts'
import {
  addBusinessDays,
  businessDaysBetween,
  checkDueDate,
  earliestDueDate,
  isBusinessDay,
} from './due-dates.rules.ts'

const none = new Set<string>()
const christmas = new Set(['2026-12-25', '2027-01-01'])

describe('business days', () => {
  it('ten after 18 December 2026 end on 1 January, or on 5 January where Christmas and New Year are holidays', () => {
    expect(earliestDueDate('2026-12-18', { noticeDays: 10, holidays: none })).toBe('2027-01-01')
    expect(earliestDueDate('2026-12-18', { noticeDays: 10, holidays: christmas })).toBe('2027-01-05')
  })
  it('are neither Saturdays nor Sundays nor holidays', () => {
    const week = ['2026-12-21', '2026-12-22', '2026-12-23', '2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27']
    expect(week.map((day) => isBusinessDay(day, christmas))).toEqual([true, true, true, true, false, false, false])
    expect(isBusinessDay('1969-12-28', none)).toBe(false)
  })
  it('count back to what was added', () => {
    const day = fc.integer({ min: 15_000, max: 30_000 }).map(dayOf)
    const holidays = fc.array(day, { maxLength: 50 }).map((days) => new Set(days))
    fc.assert(
      fc.property(day, fc.nat(60), holidays, (from, count, closed) => {
        const to = addBusinessDays(from, count, closed)
        expect(businessDaysBetween(from, to, closed)).toBe(count)
        if (count > 0) expect(isBusinessDay(to, closed)).toBe(true)
      }),
    )
  })
})

describe('a due date', () => {
  const terms = { noticeDays: 10, holidays: christmas }
  it('may be the first day after the notice period, or later', () => {
    expect(() => checkDueDate('2026-12-18', '2027-01-05', terms)).not.toThrow()
    expect(() => checkDueDate('2026-12-18', '2027-02-01', terms)).not.toThrow()
  })
  it('is refused when the notice is too short, with the first day that is possible', () => {
    expect(() => checkDueDate('2026-12-18', '2027-01-04', terms)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('9 business days'),
        details: { earliest: '2027-01-05' },
      }),
    )
  })
  it('is refused on a day when banks are closed', () => {
    expect(() => checkDueDate('2026-11-02', '2026-12-25', terms)).toThrow('no business day')
    expect(() => checkDueDate('2026-11-02', '2026-12-26', terms)).toThrow('no business day')
  })
})
