// What the management fee of a fund is counted on, from day to day.
import { createHash } from 'node:crypto'
import { addMonths } from '../calendar-days.ts'
import type { DealFlow } from '../cash-flows/index.ts'
import { type BaseAmounts, type FeePeriod, type FeeStep, feePeriods } from '../fees/index.ts'

/** @param commitments changes by day @param flows of deals, in the order of days */
export function basesOf(
  commitments: readonly { on: string; change: bigint }[],
  flows: readonly DealFlow[],
): BaseAmounts[] {
  const changes = [
    ...commitments.map(({ on, change }) => ({ on, committed: change, cost: 0n })),
    ...flows.map(({ on, invested, soldCost }) => ({ on, committed: 0n, cost: invested - soldCost })),
  ].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))
  const bases: BaseAmounts[] = []
  let now = { commitments: 0n, investedCost: 0n }
  for (const { on, committed, cost } of changes) {
    now = { commitments: now.commitments + committed, investedCost: now.investedCost + cost }
    if (bases.at(-1)?.from === on) bases.pop()
    bases.push({ from: on, ...now })
  }
  return bases
}

/** The quarters that have begun by a day, from the day on which there is a rate and a commitment. */
export function quartersOf(steps: readonly FeeStep[], bases: readonly BaseAmounts[], through: string): FeePeriod[] {
  const firstStep = steps.map(({ from }) => from).toSorted()[0]
  const firstBase = bases[0]?.from
  if (firstStep === undefined || firstBase === undefined) return []
  const [, from = through] = [firstStep, firstBase].sort()
  if (from > through) return []
  return feePeriods({ from, to: addMonths(through, 3) }).filter((period) => period.from <= through)
}

/** The same for the same quarter of a fund: it is accrued once. */
export function accrualId(fundId: string, { from }: FeePeriod): string {
  const hex = createHash('sha256').update(`fee ${fundId} ${from}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
