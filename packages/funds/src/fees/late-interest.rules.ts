// Interest of an investor who pays late. Income of the fund, beside the commitment.
import { daysBetween } from '../calendar-days.ts'
import { percent, rational, rounded, times } from '../rational.ts'

/** Actual days over a year of 365, or of 360 as banks count. */
export const dayCounts = ['act/365', 'act/360'] as const
export type DayCount = (typeof dayCounts)[number]

export interface LateInterestTerms {
  /** Per cent a year, not compounded. */
  rate: string
  dayCount: DayCount
}

/** From the due date, which does not count, up to the day of payment. Nothing when it is paid in time. */
export function lateInterest(
  outstanding: bigint,
  dueDate: string,
  paidOn: string,
  { rate, dayCount }: LateInterestTerms,
): bigint {
  const days = Math.max(0, daysBetween(dueDate, paidOn))
  const year = dayCount === 'act/365' ? 365n : 360n
  return rounded(times(times(rational(outstanding), percent(rate)), rational(BigInt(days), year)))
}
