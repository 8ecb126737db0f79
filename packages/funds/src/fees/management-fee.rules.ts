// The management fee: quarters in advance, by days where a quarter is not whole or something changes within it.
import { addMonths, dayNumber, daysBetween } from '../calendar-days.ts'
import { percent, plus, rational, rounded, times, zero } from '../rational.ts'
import { refused } from '../refused.ts'

export type FeeBase = 'commitments' | 'invested_cost'

/** From a day on: the rate steps down, or the base changes when the investment period ends. */
export interface FeeStep {
  from: string
  /** Per cent a year. */
  rate: string
  base: FeeBase
}

/** What the bases are from a day on. */
export interface BaseAmounts {
  from: string
  commitments: bigint
  investedCost: bigint
}

/** From one day to another, which is not part of it any more. */
export interface FeePeriod {
  from: string
  to: string
}

export interface FeePiece extends FeePeriod {
  days: number
  base: FeeBase
  amount: bigint
  rate: string
}

export interface PeriodFee extends FeePeriod {
  /** Of the quarter: the denominator of the days. */
  daysOfQuarter: number
  pieces: FeePiece[]
  /** Rounded half up once, over all pieces. */
  fee: bigint
}

const monthsOfQuarter = 3

/** The calendar quarters of a fund's life; the first and the last may be stubs. Each is due on its first day. */
export function feePeriods({ from, to }: FeePeriod): FeePeriod[] {
  if (from >= to) throw refused('A period of fees ends after it begins.', { from, to })
  const periods: FeePeriod[] = []
  for (let start = from; start < to; ) {
    const end = addMonths(quarterOf(start), monthsOfQuarter)
    periods.push({ from: start, to: end < to ? end : to })
    start = end
  }
  return periods
}

/**
 * The fee of one period within one quarter: base x rate / 4 x days / days of the quarter, piece by piece.
 * @throws AppError unprocessable for a period of more than one quarter, or one that steps or bases do not reach back to
 */
export function managementFee(period: FeePeriod, steps: readonly FeeStep[], bases: readonly BaseAmounts[]): PeriodFee {
  if (feePeriods(period).length !== 1) throw refused('A fee is counted for one quarter at a time.', period)
  const quarter = quarterOf(period.from)
  const daysOfQuarter = daysBetween(quarter, addMonths(quarter, monthsOfQuarter))
  const changes = [...steps, ...bases].map(({ from }) => from).filter((day) => day > period.from && day < period.to)
  const starts = [...new Set([period.from, ...changes])].sort()
  const pieces = starts.map((from, index): FeePiece => {
    const to = starts[index + 1] ?? period.to
    const { rate, base } = validOn(steps, from)
    const amounts = validOn(bases, from)
    const amount = base === 'commitments' ? amounts.commitments : amounts.investedCost
    return { from, to, days: daysBetween(from, to), base, amount, rate }
  })
  const exact = pieces
    .map(({ amount, rate, days }) =>
      times(times(rational(amount), percent(rate)), rational(BigInt(days), BigInt(daysOfQuarter) * 4n)),
    )
    .reduce(plus, zero)
  return { ...period, daysOfQuarter, pieces, fee: rounded(exact) }
}

function quarterOf(day: string): string {
  dayNumber(day)
  const [year, month] = day.split('-').map(Number)
  const first = Math.floor(((month ?? 1) - 1) / monthsOfQuarter) * monthsOfQuarter + 1
  return `${String(year).padStart(4, '0')}-${String(first).padStart(2, '0')}-01`
}

function validOn<T extends { from: string }>(list: readonly T[], day: string): T {
  const valid = list.filter(({ from }) => from <= day).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0]
  if (!valid) throw refused(`Nothing is agreed on for ${day}: the first step or base begins later.`)
  return valid
}
