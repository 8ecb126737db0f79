// How the carry of a distribution came about, and the proof that its lines hold it.
import { type DistributionWaterfall, tiers, type WaterfallProof } from '@throughline/contracts'
import { sharesView } from '../cash-flows/index.ts'
import { atLeastZero, fromMinor, sumOf } from '../minor-units.ts'
import type { TierShare } from '../waterfall/index.ts'
import { grossOfLine, type MatrixLine } from './matrix.rules.ts'
import type { CarryRun } from './matrix.ts'

/** @param titles of deals, by id */
export function waterfallStatement(
  run: CarryRun,
  lines: readonly MatrixLine[],
  { currency, titles }: { currency: string; titles: ReadonlyMap<string, string> },
): DistributionWaterfall {
  const { kind, terms, on, amount, steps, hurdle, carryEarned, carryBefore, clawback } = run
  const money = (minor: bigint) => fromMinor(minor, currency)
  const carry = sumOf(lines.map((line) => line.carry))
  return {
    currency,
    on,
    kind,
    terms,
    amount: money(amount),
    steps: steps.map(({ date, shares, dealId, carriedForward }, index) => ({
      of: dealId !== undefined ? 'deal' : index === steps.length - 1 ? 'this' : 'earlier',
      on: date,
      dealId: dealId ?? null,
      dealTitle: titles.get(dealId ?? '') ?? null,
      shares: sharesView(shares, currency),
      carriedForward: carriedForward === undefined ? null : money(carriedForward),
    })),
    tiers: sharesView(tierSums(run), currency),
    hurdle: hurdle && { capital: money(hurdle.capital), preferred: money(hurdle.preferred) },
    carryEarned: money(carryEarned),
    carryBefore: money(carryBefore),
    carry: money(carry),
    overpaid: money(atLeastZero(carryBefore - carryEarned)),
    clawback: clawback && {
      received: money(clawback.received),
      earned: money(clawback.earned),
      due: money(clawback.due),
    },
    proof: proofOf(run, lines).map(({ what, expected, found }) => ({
      what,
      expected: money(expected),
      found: money(found),
      holds: expected === found,
    })),
  }
}

/** What ran through each tier in all steps. */
const tierSums = ({ steps }: CarryRun): TierShare[] =>
  tiers.map((tier) => {
    const own = steps.flatMap(({ shares }) => shares.filter((share) => share.tier === tier))
    const sum = (of: (share: TierShare) => bigint) => sumOf(own.map(of))
    return {
      tier,
      total: sum(({ total }) => total),
      investors: sum(({ investors }) => investors),
      generalPartner: sum(({ generalPartner }) => generalPartner),
    }
  })

interface Proof {
  what: WaterfallProof
  expected: bigint
  found: bigint
}

/** Each side is counted from another place: the distribution, the tiers, the lines. */
function proofOf(run: CarryRun, lines: readonly MatrixLine[]): Proof[] {
  const { kind, amount, steps, carryEarned, carryBefore } = run
  const last = sumOf((steps.at(-1)?.shares ?? []).map(({ total }) => total))
  const toGeneralPartner = sumOf(tierSums(run).map(({ generalPartner }) => generalPartner))
  return [
    // Deal by deal, the tiers are of what deals have brought, and this distribution need not be all of it.
    ...(kind === 'european' ? [{ what: 'tiers_are_the_distribution', expected: amount, found: last } as const] : []),
    { what: 'tiers_are_the_carry_earned', expected: carryEarned, found: toGeneralPartner },
    {
      what: 'earned_less_declared_is_the_carry',
      expected: atLeastZero(carryEarned - carryBefore),
      found: sumOf(lines.map(({ carry }) => carry)),
    },
    { what: 'lines_are_the_distribution', expected: amount, found: sumOf(lines.map(grossOfLine)) },
  ]
}
