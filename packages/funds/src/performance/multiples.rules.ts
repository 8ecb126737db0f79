// What came back of what was paid in. Exact fractions, shown with so many places; of nothing paid in there is no ratio.

import { sumOf } from '../minor-units.ts'
import { decimalOf, rational } from '../rational.ts'

/**
 * GIPS, as ILPA has it: recallable distributions count as distributed, and what was recalled counts as paid in. Net, as
 * many have it: a recallable distribution takes back its call, on both sides. The fund chooses, and the screen names it.
 */
export const recallablePolicies = ['gips', 'net'] as const
export type RecallablePolicy = (typeof recallablePolicies)[number]

/** Of one fund, or of one investor in it; minor units of one currency, everything since inception. */
export interface Totals {
  commitment: bigint
  /** Settled contributions, recalled capital included; not what was called. */
  paidIn: bigint
  /** Recallable distributions included. */
  distributed: bigint
  recallable: bigint
  nav: bigint
}

export type Ratio = { value: string; reason: null } | { value: null; reason: 'nothing_paid_in' | 'nothing_committed' }

export interface Multiples {
  policy: RecallablePolicy
  dpi: Ratio
  rvpi: Ratio
  tvpi: Ratio
  /** Paid-in to committed capital. */
  pic: Ratio
}

const places = 4

function ratio(part: bigint, whole: bigint, reason: 'nothing_paid_in' | 'nothing_committed'): Ratio {
  if (whole <= 0n) return { value: null, reason }
  return { value: decimalOf(rational(part, whole), places), reason: null }
}

/** DPI, RVPI, TVPI and PIC with four places. */
export function multiplesOf(totals: Totals, policy: RecallablePolicy = 'gips'): Multiples {
  const takenBack = policy === 'net' ? totals.recallable : 0n
  const paidIn = totals.paidIn - takenBack
  const distributed = totals.distributed - takenBack
  const toPaidIn = (part: bigint) => ratio(part, paidIn, 'nothing_paid_in')
  return {
    policy,
    dpi: toPaidIn(distributed),
    rvpi: toPaidIn(totals.nav),
    tvpi: toPaidIn(distributed + totals.nav),
    pic: ratio(paidIn, totals.commitment, 'nothing_committed'),
  }
}

/** Of several funds of one currency: the ratios of their totals. An average of ratios would weigh a small fund like a large one. */
export const portfolioMultiplesOf = (funds: readonly Totals[], policy: RecallablePolicy = 'gips'): Multiples =>
  multiplesOf(
    {
      commitment: sumOf(funds.map(({ commitment }) => commitment)),
      paidIn: sumOf(funds.map(({ paidIn }) => paidIn)),
      distributed: sumOf(funds.map(({ distributed }) => distributed)),
      recallable: sumOf(funds.map(({ recallable }) => recallable)),
      nav: sumOf(funds.map(({ nav }) => nav)),
    },
    policy,
  )

/** Of a deal, gross: what was realised and what is left, over what was invested. TVPI is net, of what investors paid in. */
export const moicOf = ({ invested, realised, value }: { invested: bigint; realised: bigint; value: bigint }): Ratio =>
  ratio(realised + value, invested, 'nothing_paid_in')
