// Days of a calendar, as YYYY-MM-DD in no zone: a close date is the same day everywhere.

const dayMs = 86_400_000
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

export const isMonth = (text: string): boolean => /^\d{4}-(0[1-9]|1[0-2])$/.test(text) && text >= '0001-01'

export const addDays = (day: string, count: number): string => dayOf(at(day) + count * dayMs)

/** `2026-11`, 3 -> `2027-02`. */
export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const index = year * 12 + number - 1 + count
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`
}

export const monthOf = (day: string): string => day.slice(0, 7)

/** Same day of the month `count` months on, or the last one where it is shorter. */
export function addMonthsToDay(day: string, count: number): string {
  const month = addMonths(monthOf(day), count)
  const last = addDays(`${addMonths(month, 1)}-01`, -1)
  const same = `${month}-${day.slice(8)}`
  return same > last ? last : same
}

/** 0 is Monday. */
export const weekday = (day: string): number => (new Date(at(day)).getUTCDay() + 6) % 7

/** Whole weeks, Monday first, that hold the month. */
export function weeksOf(month: string): string[][] {
  const first = `${month}-01`
  const last = addDays(`${addMonths(month, 1)}-01`, -1)
  const weeks: string[][] = []
  for (let monday = addDays(first, -weekday(first)); monday <= last; monday = addDays(monday, 7))
    weeks.push(Array.from({ length: 7 }, (_, index) => addDays(monday, index)))
  return weeks
}

const named = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' })
  return (day: string): string => format.format(new Date(at(day)))
}
/** `November 2026`. */
export const monthName = (month: string): string => named({ month: 'long', year: 'numeric' })(`${month}-01`)
/** `Saturday, November 21`. */
export const longDay = named({ weekday: 'long', month: 'long', day: 'numeric' })
