// What rounding has left over from earlier calls, so that no call adds to it.
import { minus, plus, type Rational, rational, zero } from '../rational.ts'

/** What an investor took part in, summed over calls of the same weights. */
export interface TakenPart {
  /** What was called from all who took part. */
  amount: bigint
  weight: bigint
  /** Of all who took part: an investor who was excused is in neither, and catches nothing up later. */
  totalWeight: bigint
  /** What was called from this investor. */
  lines: bigint
}

/**
 * Exact share of everything that an investor took part in, less what was called. Below a cent either way where the same
 * investors take part in every call; below two in random funds whose investors are excused now and then (the tests).
 */
export const carryOf = (history: readonly TakenPart[]): Rational =>
  history.reduce(
    (carry, { amount, weight, totalWeight, lines }) =>
      minus(plus(carry, rational(amount * weight, totalWeight)), rational(lines)),
    zero,
  )
