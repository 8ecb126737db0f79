// What the waterfalls are given: contributions and proceeds of a fund, or its deals, as they have come about.
import { larger, smaller } from '../minor-units.ts'
import {
  americanWaterfall,
  type Clawback,
  clawbackOf,
  type Deal,
  type DealStep,
  europeanWaterfall,
  type Hurdle,
  type WaterfallFlow,
  type WaterfallStep,
  type WaterfallTerms,
} from '../waterfall/index.ts'
import type { InvestorFlow } from './flows.ts'
import type { Holding } from './holdings.rules.ts'

/** What is left of each when something is taken back later (a bounce): it goes from the latest before it. */
function withoutTakenBack(amounts: readonly { date: string; amount: bigint }[]): { date: string; amount: bigint }[] {
  const kept: { date: string; amount: bigint }[] = []
  for (const { date, amount } of amounts) {
    let missing = larger(-amount, 0n)
    for (const earlier of kept.toReversed()) {
      const taken = smaller(earlier.amount, missing)
      earlier.amount -= taken
      missing -= taken
    }
    if (amount > 0n) kept.push({ date, amount })
  }
  return kept.filter(({ amount }) => amount > 0n)
}

export interface WaterfallInput {
  kind: 'european' | 'american'
  terms: WaterfallTerms
  flows: readonly InvestorFlow[]
  holdings: readonly Holding[]
  /** Carry that was paid before: in no flow of an investor, and part of what was distributed. */
  carryPaid: bigint
  /** What is distributed now, or would be. */
  next: { on: string; amount: bigint } | null
}

/** A distribution, or a deal with what it leaves to the next. */
export type RunStep = WaterfallStep & Partial<Pick<DealStep, 'dealId' | 'carriedForward'>>

export interface WaterfallResult {
  steps: readonly RunStep[]
  /** By the whole fund: what investors still have to get before a carry. */
  hurdle: Hurdle | null
  /** Of the general partner since inception, with what is distributed now. */
  carryEarned: bigint
}

/**
 * The whole-fund waterfall of what investors paid and were sent, or the deal-by-deal one of what was sold. Earlier carry
 * is taken to have been distributed with the first proceeds after which it was earned: of the latest day.
 */
export function waterfallOf({ kind, terms, flows, holdings, carryPaid, next }: WaterfallInput): WaterfallResult {
  if (kind === 'american') {
    const { distributions, generalPartner } = americanWaterfall(soldOf(holdings), terms)
    return { steps: distributions, hurdle: null, carryEarned: generalPartner }
  }
  const { distributions, generalPartner, hurdle } = europeanOf({ terms, flows, carryPaid, next })
  return { steps: distributions, hurdle, carryEarned: generalPartner }
}

/** Deal by deal, what the general partner has had too much of, taxes left out; nothing to say while something is held. */
export const clawbackAtTheEnd = (holdings: readonly Holding[], terms: WaterfallTerms): Clawback | null =>
  holdings.length === 0 || holdings.some(({ cost }) => cost > 0n) ? null : clawbackOf(soldOf(holdings), terms, '0')

function europeanOf({ terms, flows, carryPaid, next }: Omit<WaterfallInput, 'kind' | 'holdings'>) {
  const contributions = withoutTakenBack(flows.map(({ on, contributed }) => ({ date: on, amount: contributed })))
  const distributed = withoutTakenBack(flows.map(({ on, distributed }) => ({ date: on, amount: distributed })))
  const last = distributed.at(-1)
  if (last) last.amount += carryPaid
  const proceeds = next && next.amount > 0n ? [...distributed, { date: next.on, amount: next.amount }] : distributed
  return europeanWaterfall([...named('contribution', contributions), ...named('proceeds', proceeds)], terms)
}

const named = (kind: WaterfallFlow['kind'], list: readonly { date: string; amount: bigint }[]): WaterfallFlow[] =>
  list.map((each) => ({ ...each, kind }))

/** Deals that were sold wholly or in part: the part. */
const soldOf = (holdings: readonly Holding[]): Deal[] =>
  holdings
    .filter(({ soldOn, invested, cost }) => soldOn !== null && invested > cost)
    .map(({ dealId, investedOn, invested, cost, soldOn, realised }) => ({
      id: dealId,
      investedOn,
      cost: invested - cost,
      realisedOn: soldOn,
      proceeds: realised,
    }))

/**
 * Carry that was earned and not paid: what the general partner would get of the net assets beyond what it has had, if everything
 * were sold at its value on the day. At most the net assets, and never below zero: a clawback is nothing that the fund has.
 * @throws AppError unprocessable for terms that no waterfall can run on
 */
export function accruedCarryOf(
  { waterfall, ...terms }: WaterfallTerms & { waterfall: WaterfallInput['kind'] },
  { flows, holdings, paid, nav, asOf }: AccruedInput,
): bigint {
  const { carryEarned } = waterfallOf({
    ...{ kind: waterfall, terms, flows, carryPaid: paid },
    holdings: soldAtValue(holdings, asOf),
    next: { on: asOf, amount: nav },
  })
  return smaller(larger(carryEarned - paid, 0n), larger(nav, 0n))
}

interface AccruedInput extends Pick<WaterfallInput, 'flows' | 'holdings'> {
  /** Carry that was paid before. */
  paid: bigint
  nav: bigint
  asOf: string
}

/** As if everything were sold at its value on a day: the holdings of the deal-by-deal waterfall. */
export const soldAtValue = (holdings: readonly Holding[], on: string): Holding[] =>
  holdings.map((holding) => ({
    ...holding,
    cost: 0n,
    realised: holding.realised + larger(holding.value, 0n),
    soldOn: holding.cost > 0n ? on : holding.soldOn,
  }))
