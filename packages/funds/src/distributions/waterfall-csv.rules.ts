// Waterfall statements as CSV: what the JSON beside it says, by the same names, so that one can be set against the other.
import type { DistributionWaterfall, TierShareView, WaterfallStatement } from '@throughline/contracts'
import { byteOrderMark, csvLine } from '@throughline/storage'

type Cells = readonly (string | null)[]

const csvOf = (records: readonly Cells[]): string =>
  byteOrderMark + records.map((cells) => csvLine(cells.map((cell) => cell ?? ''))).join('')

const shareHeadings = ['tier', 'total', 'investors', 'generalPartner'] as const
const cellsOf = ({ tier, total, investors, generalPartner }: TierShareView): string[] => [
  ...[tier, total, investors, generalPartner],
]
/** The parts of something by the way to each; nothing where it is not there. */
const partsOf = (name: string, parts: object | null): Cells[] =>
  Object.entries(parts ?? {}).map(([part, value]) => [`${name}.${part}`, String(value)])

/** Of a distribution: its figures, what ran through the tiers in each step, the sums of all steps, and the proof. */
export function distributionWaterfallCsv(statement: DistributionWaterfall): string {
  const { currency, on, kind, terms, amount, steps, tiers, hurdle, clawback, proof } = statement
  const { carryEarned, carryBefore, carry, overpaid } = statement
  return csvOf([
    ['figure', 'value'],
    ...Object.entries({ currency, on, kind }),
    ...partsOf('terms', terms),
    ...Object.entries({ amount, carryEarned, carryBefore, carry, overpaid }),
    ...partsOf('hurdle', hurdle),
    ...partsOf('clawback', clawback),
    ['step', 'on', 'deal', ...shareHeadings, 'carriedForward'],
    ...steps.flatMap(({ of, on, dealTitle, shares, carriedForward }) =>
      shares.map((share): Cells => [of, on, dealTitle, ...cellsOf(share), carriedForward]),
    ),
    ...tiers.map((share): Cells => ['all', '', '', ...cellsOf(share), '']),
    ['proof', 'expected', 'found', 'holds'],
    ...proof.map(({ what, expected, found, holds }): Cells => [what, expected, found, String(holds)]),
  ])
}

/** Of a fund: what was distributed, and the net asset value as if it were. */
export function fundWaterfallCsv(statement: WaterfallStatement): string {
  const { currency, asOf, kind, terms, steps, carryEarned, carryPaid } = statement
  return csvOf([
    ['figure', 'value'],
    ...Object.entries({ currency, asOf, kind }),
    ...partsOf('terms', terms),
    ...Object.entries({ carryEarned, carryPaid }),
    ['step', 'on', 'hypothetical', ...shareHeadings],
    ...steps.flatMap(({ on, label, hypothetical, shares }) =>
      shares.map((share): Cells => [label, on, String(hypothetical), ...cellsOf(share)]),
    ),
  ])
}
