// What the clock on a wall says somewhere. A night is known by it, not by a number of hours: where clocks change, 02:00 comes
// not at all or twice.
import { dayIn } from '../calendar-days.ts'

export interface LocalTime {
  /** YYYY-MM-DD */
  day: string
  /** HH:MM, from 00:00 to 23:59. */
  time: string
  /** 1 is Monday, 7 is Sunday. */
  weekday: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** @throws RangeError for a zone that does not exist */
export function localTime(zone: string, instant: Date): LocalTime {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      ...{ timeZone: zone, hourCycle: 'h23' },
      ...{ hour: '2-digit', minute: '2-digit' },
    })
    formats.set(zone, format)
  }
  const day = dayIn(zone, instant)
  return { day, time: format.format(instant), weekday: new Date(`${day}T00:00:00Z`).getUTCDay() || 7 }
}

/** When books are compared and net assets rolled forward. */
export const nightBegins = '02:00'
/** A night that has not begun by now was missed by those who look at it in the morning. */
export const nightIsLate = '06:00'
const reminders = { weekday: 1, time: '09:00' } as const

/** Whether a night of this day should have begun: also where the clock jumps over its hour. */
export const hasNightBegun = ({ time }: LocalTime): boolean => time >= nightBegins

/** The Monday of a week whose reminders should have gone out; nothing on other days, so that a late worker bothers nobody. */
export const remindersOf = ({ day, weekday, time }: LocalTime): string | null =>
  weekday === reminders.weekday && time >= reminders.time ? day : null
