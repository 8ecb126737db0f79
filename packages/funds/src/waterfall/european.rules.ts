// The whole-fund waterfall: the general partner has nothing until investors have all of their capital, fees included, and
// the preferred return on it from the day that they paid.
import { refused } from '../refused.ts'
import { accrued, type Hurdle } from './hurdle.rules.ts'
import { ratesOf, type WaterfallTerms } from './terms.ts'
import { nothingPaid, type Paid, runTiers, type TierShare } from './tiers.rules.ts'

export interface WaterfallFlow {
  date: string
  /** Capital that was paid in for investments, fees and expenses, or proceeds that are distributed. */
  kind: 'contribution' | 'proceeds'
  amount: bigint
}

export interface WaterfallStep {
  date: string
  shares: TierShare[]
}

export interface Waterfall {
  /** Of each distribution, in the order of days. */
  distributions: WaterfallStep[]
  investors: bigint
  generalPartner: bigint
  /** What investors still have to get before a carry, on the last day. */
  hurdle: Hurdle | null
}

/** Contributions of a day come before its proceeds. @throws AppError unprocessable for amounts that are not above zero */
export function europeanWaterfall(flows: readonly WaterfallFlow[], terms: WaterfallTerms): Waterfall {
  const rates = ratesOf(terms)
  if (flows.some(({ amount }) => amount <= 0n)) throw refused('Each flow of a waterfall needs an amount above zero.')
  let hurdle: Hurdle | null = null
  let paid: Paid = nothingPaid
  const distributions: WaterfallStep[] = []
  for (const { date, kind, amount } of flows.toSorted(inOrder)) {
    const now: Hurdle = accrued(hurdle ?? { asOf: date, capital: 0n, preferred: 0n }, date, rates.preferredReturn)
    if (kind === 'contribution') {
      hurdle = { ...now, capital: now.capital + amount }
      continue
    }
    const run = runTiers(amount, now, paid, rates)
    hurdle = run.hurdle
    paid = run.paid
    distributions.push({ date, shares: run.shares })
  }
  return { distributions, ...totalsOf(distributions), hurdle }
}

/** What each side has had. */
export function totalsOf(distributions: readonly WaterfallStep[]): { investors: bigint; generalPartner: bigint } {
  const totals = { investors: 0n, generalPartner: 0n }
  for (const { investors, generalPartner } of distributions.flatMap(({ shares }) => shares)) {
    totals.investors += investors
    totals.generalPartner += generalPartner
  }
  return totals
}

const inOrder = (a: WaterfallFlow, b: WaterfallFlow): number => {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1
  return a.kind === b.kind ? 0 : a.kind === 'contribution' ? -1 : 1
}
