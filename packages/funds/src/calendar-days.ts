// Days without a time, as YYYY-MM-DD. A due date is a day: made of an instant it loses one wherever the clocks change.
import { refused } from './refused.ts'

export { dayIn } from '@throughline/contracts'

const dayMillis = 86_400_000

/** Days since 1970. @throws AppError for a day that does not exist */
export function dayNumber(day: string): number {
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(instant) || new Date(instant).toISOString().slice(0, 10) !== day)
    throw refused(`"${day}" is not a day like 2026-03-31.`)
  return instant / dayMillis
}

export const dayOf = (number: number): string => new Date(number * dayMillis).toISOString().slice(0, 10)

export const addDays = (day: string, days: number): string => dayOf(dayNumber(day) + days)

/** Actual days from one to the other; negative backwards. */
export const daysBetween = (from: string, to: string): number => dayNumber(to) - dayNumber(from)

/** The same day of another month; the last one where that month is shorter. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return dayOf(first.getTime() / dayMillis + Math.min(date, last) - 1)
}
