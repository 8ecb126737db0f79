// How one distribution runs through the tiers, given what was paid before.
import type { Tier } from '@throughline/contracts'
import { atLeastZero, smaller } from '../minor-units.ts'
import { minus, over, rational, rounded, times } from '../rational.ts'
import type { Hurdle } from './hurdle.rules.ts'
import type { Rates } from './terms.ts'

export interface TierShare {
  tier: Tier
  total: bigint
  investors: bigint
  generalPartner: bigint
}

/** What was paid so far; the tiers of the carry look at sums, so that rounding does not grow with each distribution. */
export interface Paid {
  preferred: bigint
  catchUp: bigint
  /** Of the catch-up, what the general partner had. */
  catchUpCarry: bigint
  split: bigint
  splitCarry: bigint
}

export const nothingPaid: Paid = { preferred: 0n, catchUp: 0n, catchUpCarry: 0n, split: 0n, splitCarry: 0n }

export interface Run {
  shares: TierShare[]
  hurdle: Hurdle
  paid: Paid
}

/** @param hurdle accrued until the day of the distribution */
export function runTiers(proceeds: bigint, hurdle: Hurdle, before: Paid, rates: Rates): Run {
  let left = proceeds
  const take = (most: bigint): bigint => {
    const amount = smaller(left, atLeastZero(most))
    left -= amount
    return amount
  }
  const capital = take(hurdle.capital)
  const preferredNow = take(hurdle.preferred)
  const preferred = before.preferred + preferredNow
  const catchUpNow = take(catchUpOn(preferred, rates) - before.catchUp)
  const catchUp = before.catchUp + catchUpNow
  const catchUpCarry = rounded(times(rational(catchUp), rates.catchUp))
  const split = before.split + left
  const splitCarry = rounded(times(rational(split), rates.carry))
  return {
    shares: [
      shareOf('return_of_capital', capital, 0n),
      shareOf('preferred_return', preferredNow, 0n),
      shareOf('catch_up', catchUpNow, catchUpCarry - before.catchUpCarry),
      shareOf('split', left, splitCarry - before.splitCarry),
    ],
    hurdle: { ...hurdle, capital: hurdle.capital - capital, preferred: hurdle.preferred - preferredNow },
    paid: { preferred, catchUp, catchUpCarry, split, splitCarry },
  }
}

/**
 * The whole of the catch-up tier on a preferred return: until the general partner, with a share k of it, has the carry c
 * of preferred return and catch-up: k x = c (p + x), so x = c p / (k - c).
 */
const catchUpOn = (preferred: bigint, { carry, catchUp }: Rates): bigint =>
  catchUp.numerator === 0n ? 0n : rounded(over(times(rational(preferred), carry), minus(catchUp, carry)))

const shareOf = (tier: Tier, total: bigint, generalPartner: bigint): TierShare => ({
  tier,
  total,
  investors: total - generalPartner,
  generalPartner,
})
