import { isAbove, percent, type Rational } from '../rational.ts'
import { refused } from '../refused.ts'

/** What the agreement of a fund says, in per cent as decimal strings. */
export interface WaterfallTerms {
  /** Preferred return a year, compounded. */
  preferredReturn: string
  /** Share of the profit that the general partner ends with. */
  carry: string
  /** Share of the catch-up tier that goes to the general partner; 0 is no catch-up. */
  catchUp: string
}

export interface Rates {
  preferredReturn: Rational
  carry: Rational
  catchUp: Rational
}

/** @throws AppError unprocessable for no percentages, or a catch-up that never catches up */
export function ratesOf(terms: WaterfallTerms): Rates {
  const preferredReturn = percent(terms.preferredReturn)
  const carry = percent(terms.carry)
  const catchUp = percent(terms.catchUp)
  if (catchUp.numerator > 0n && !isAbove(catchUp, carry))
    throw refused(`A catch-up of ${terms.catchUp} % never reaches a carry of ${terms.carry} %.`)
  return { preferredReturn, carry, catchUp }
}
