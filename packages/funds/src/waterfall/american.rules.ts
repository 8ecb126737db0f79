// The deal-by-deal waterfall: each deal that is realised runs through the tiers, and makes up first for what deals before
// it have lost. At the end the general partner gives back what is more than the whole fund has earned.
import { atLeastZero, smaller } from '../minor-units.ts'
import { minus, one, percent, rational, rounded, times } from '../rational.ts'
import { refused } from '../refused.ts'
import { europeanWaterfall, totalsOf, type WaterfallFlow, type WaterfallStep } from './european.rules.ts'
import { accrued, type Hurdle } from './hurdle.rules.ts'
import { ratesOf, type WaterfallTerms } from './terms.ts'
import { nothingPaid, type Paid, runTiers } from './tiers.rules.ts'

export interface Deal {
  id: string
  investedOn: string
  /** With the part of fees and expenses that belongs to it. */
  cost: bigint
  /** When it was sold or written off; null while it is held. */
  realisedOn: string | null
  /** 0 of what was written off. */
  proceeds: bigint
}

export interface DealStep extends WaterfallStep {
  dealId: string
  /** Capital and preferred return that this and earlier deals still owe: later deals make up for it first. */
  carriedForward: bigint
}

export interface AmericanWaterfall {
  distributions: DealStep[]
  investors: bigint
  generalPartner: bigint
}

/** Deals in the order in which they are realised. @throws AppError unprocessable for a deal that is sold before it is bought */
export function americanWaterfall(deals: readonly Deal[], terms: WaterfallTerms): AmericanWaterfall {
  const rates = ratesOf(terms)
  let paid: Paid = nothingPaid
  let owed: Hurdle | null = null
  const distributions: DealStep[] = []
  for (const { id, investedOn, cost, proceeds, realisedOn } of realised(deals)) {
    const own = accrued({ asOf: investedOn, capital: cost, preferred: 0n }, realisedOn, rates.preferredReturn)
    const before: Hurdle = accrued(
      owed ?? { asOf: realisedOn, capital: 0n, preferred: 0n },
      realisedOn,
      rates.preferredReturn,
    )
    const hurdle = { ...own, capital: own.capital + before.capital, preferred: own.preferred + before.preferred }
    const run = runTiers(proceeds, hurdle, paid, rates)
    paid = run.paid
    owed = run.hurdle
    const carriedForward = run.hurdle.capital + run.hurdle.preferred
    distributions.push({ dealId: id, date: realisedOn, shares: run.shares, carriedForward })
  }
  return { distributions, ...totalsOf(distributions) }
}

type RealisedDeal = Deal & { realisedOn: string }

function realised(deals: readonly Deal[]): RealisedDeal[] {
  const list = deals.flatMap((deal) => (deal.realisedOn === null ? [] : [{ ...deal, realisedOn: deal.realisedOn }]))
  for (const { id, cost, proceeds, investedOn, realisedOn } of list)
    if (cost <= 0n || proceeds < 0n || realisedOn < investedOn)
      throw refused('A deal has a cost, no proceeds below zero, and is realised after it was bought.', { dealId: id })
  return list.toSorted((a, b) =>
    a.realisedOn === b.realisedOn ? (a.id < b.id ? -1 : 1) : a.realisedOn < b.realisedOn ? -1 : 1,
  )
}

export interface Clawback {
  /** What the general partner has had, deal by deal. */
  received: bigint
  /** What the whole fund has earned for the general partner. */
  earned: bigint
  /** To be given back: the difference, and no more than what is left of the carry after tax. */
  due: bigint
}

/**
 * At the end of the fund, when every deal is realised.
 * @param taxRate per cent that the general partner has paid on the carry and is not asked for
 */
export function clawbackOf(deals: readonly Deal[], terms: WaterfallTerms, taxRate: string): Clawback {
  if (deals.some(({ realisedOn }) => realisedOn === null))
    throw refused('A clawback is counted when every deal is realised.')
  const received = americanWaterfall(deals, terms).generalPartner
  const flows = realised(deals).flatMap(({ investedOn, cost, realisedOn, proceeds }): WaterfallFlow[] => [
    { date: investedOn, kind: 'contribution', amount: cost },
    ...(proceeds > 0n ? [{ date: realisedOn, kind: 'proceeds', amount: proceeds } as const] : []),
  ])
  const earned = europeanWaterfall(flows, terms).generalPartner
  const afterTax = rounded(times(rational(received), minus(one, percent(taxRate))))
  return { received, earned, due: smaller(atLeastZero(received - earned), afterTax) }
}
