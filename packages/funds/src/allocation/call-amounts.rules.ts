// Amounts of a call that follow from others: a percentage of commitments, what others have failed to pay.
import { smaller, sumOf } from '../minor-units.ts'
import { percent, type Rational, rational, rounded, times, zero } from '../rational.ts'
import { refused } from '../refused.ts'
import { type AllocatedLine, allocate } from './largest-remainder.rules.ts'

/**
 * What a call of so many per cent comes to, of the commitments (or another base) of those who take part. The total is
 * rounded once, half up; the lines are then split like any other amount.
 * @throws AppError unprocessable for 0, more than 100, or what is no percentage
 */
export function amountOfPercentCall(percentage: string, bases: readonly bigint[]): bigint {
  const share = percent(percentage)
  if (share.numerator === 0n) throw refused('A call of 0 % calls nothing.')
  return rounded(times(rational(sumOf(bases)), share))
}

/** A line of the call that was not paid in full, and who may be asked to make up for it. */
export interface OvercallParty {
  id: string
  commitment: bigint
  unfunded: bigint
  /** The line of the original call, of the component that is made up for. */
  original: bigint
  /** Earlier overcalls of that same line. */
  overcalled: bigint
}

export interface OvercallTerms {
  /** Of the original line. The agreement of the fund says it; the model of ILPA has 50. */
  capPercent: string
  component: 'investment' | 'fee' | 'expense'
}

/**
 * What the others pay for those who did not. Each pays at most the cap of the original line, and never above the
 * unfunded amount; a management fee is never made up for by others.
 * @throws AppError unprocessable when the caps are too small for the shortfall, with how far they reach
 */
export function allocateOvercall(
  shortfall: bigint,
  { capPercent, component }: OvercallTerms,
  parties: readonly OvercallParty[],
): AllocatedLine[] {
  if (component === 'fee') throw refused('A management fee that was not paid is not made up for by other investors.')
  const cap: Rational = percent(capPercent)
  const able = parties
    .filter(({ commitment, original }) => commitment > 0n && original > 0n)
    .map(({ id, commitment, unfunded, original, overcalled }) => {
      const most = (original * cap.numerator) / cap.denominator - overcalled
      return { id, weight: commitment, room: most > 0n ? smaller(most, unfunded) : 0n, carry: zero }
    })
  const reach = sumOf(able.map(({ room }) => room))
  if (reach < shortfall)
    throw refused(`The shortfall is more than the others may be asked for (${capPercent} % of their own lines).`, {
      shortfall: String(shortfall),
      reach: String(reach),
    })
  return allocate(shortfall, able)
}
