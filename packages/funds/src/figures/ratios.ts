// Multiples and rates as they stand on the wire.
import type { IrrView } from '@throughline/contracts'
import type { InvestorFlow } from '../cash-flows/index.ts'
import { type Flow, type Irr, multiplesOf, type RecallablePolicy } from '../performance/index.ts'
import type { Sums } from './sums.ts'

export const irrView = (irr: Irr): IrrView =>
  irr.rate === null
    ? { rate: null, reason: irr.reason, warnings: [] }
    : { rate: irr.rate, reason: null, warnings: irr.warnings }

export const ratiosOf = <Policy extends RecallablePolicy>(sums: Sums, nav: bigint, policy: Policy) => {
  const { dpi, rvpi, tvpi, pic } = multiplesOf({ ...sums, recallable: sums.recallableEver, nav }, policy)
  return { dpi, rvpi, tvpi, pic, policy }
}

export const netFlows = (flows: readonly InvestorFlow[]): Flow[] =>
  flows.map(({ on, contributed, distributed }) => ({ date: on, amount: distributed - contributed }))
