// Business days and notice. Holidays are days (YYYY-MM-DD) of the fund's own calendar; Saturday and Sunday never count.
import { addDays, dayNumber, dayOf } from '../calendar-days.ts'
import { refused } from '../refused.ts'

export type Holidays = ReadonlySet<string>

/** 1970-01-01 was a Thursday. */
const isWeekend = (number: number): boolean => [2, 3].includes(((number % 7) + 7) % 7)

export const isBusinessDay = (day: string, holidays: Holidays): boolean =>
  !isWeekend(dayNumber(day)) && !holidays.has(day)

/** The day that is so many business days after another, which itself does not count. */
export function addBusinessDays(day: string, count: number, holidays: Holidays): string {
  let number = dayNumber(day)
  for (let left = count; left > 0; ) {
    number += 1
    if (isBusinessDay(dayOf(number), holidays)) left -= 1
  }
  return dayOf(number)
}

/** Business days after the first day, up to and with the last. */
export function businessDaysBetween(from: string, to: string, holidays: Holidays): number {
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isBusinessDay(day, holidays)) count += 1
  return count
}

export interface NoticeTerms {
  /** Business days between notice and due date; ILPA recommends 10. */
  noticeDays: number
  holidays: Holidays
}

/** The first day that a call of this notice date may fall due. */
export const earliestDueDate = (noticeDate: string, { noticeDays, holidays }: NoticeTerms): string =>
  addBusinessDays(noticeDate, noticeDays, holidays)

/** @throws AppError unprocessable when the notice is too short, or banks are closed on the due date */
export function checkDueDate(noticeDate: string, dueDate: string, terms: NoticeTerms): void {
  if (!isBusinessDay(dueDate, terms.holidays))
    throw refused(`${dueDate} is no business day: nothing can be wired then.`)
  const earliest = earliestDueDate(noticeDate, terms)
  if (dueDate < earliest)
    throw refused(
      `The due date leaves ${businessDaysBetween(noticeDate, dueDate, terms.holidays)} business days of notice; the fund gives ${terms.noticeDays}, which is ${earliest}.`,
      { earliest },
    )
}
