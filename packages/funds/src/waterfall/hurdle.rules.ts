// What investors get before the general partner does: their capital, and the preferred return on it.
import { Decimal } from 'decimal.js'
import { daysBetween } from '../calendar-days.ts'
import type { Rational } from '../rational.ts'

/** Enough for any power of a rate on numeric(18,2). */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP })
const daysOfYear = 365

export interface Hurdle {
  /** Until when the preferred return is counted. */
  asOf: string
  /** Contributed, fees included, and not returned. */
  capital: bigint
  /** Accrued and not paid. */
  preferred: bigint
}

/**
 * Compounded yearly, actual days over 365, on capital and on what is accrued: who is paid capital and preferred return has
 * an XIRR of exactly the preferred return, whenever it was paid. Rounded half up once a step.
 */
export function accrued({ asOf, capital, preferred }: Hurdle, until: string, rate: Rational): Hurdle {
  const years = new Exact(daysBetween(asOf, until)).dividedBy(daysOfYear)
  const growth = new Exact(1).plus(new Exact(String(rate.numerator)).dividedBy(String(rate.denominator))).pow(years)
  const added = new Exact(String(capital + preferred)).times(growth.minus(1)).toDecimalPlaces(0)
  return { asOf: until, capital, preferred: preferred + BigInt(added.toFixed()) }
}
