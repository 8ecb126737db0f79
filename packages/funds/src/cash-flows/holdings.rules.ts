// What a fund holds of each deal, folded from what happened to it.
import { moicOf, type Ratio } from '../performance/index.ts'
import type { DealFlow } from './flows.ts'

export interface Holding {
  dealId: string
  investedOn: string
  invested: bigint
  /** Of what is still held. */
  cost: bigint
  /** Cost, and what it was marked up or down. */
  value: bigint
  /** Proceeds and income. */
  realised: bigint
  proceeds: bigint
  soldOn: string | null
  moic: Ratio
}

/** @param flows in the order of days */
export function holdingsOf(flows: readonly DealFlow[]): Holding[] {
  return [...Map.groupBy(flows, ({ dealId }) => dealId)].flatMap(([dealId, own]) => {
    const sum = (of: (flow: DealFlow) => bigint) => own.reduce((total, flow) => total + of(flow), 0n)
    const invested = sum((flow) => flow.invested)
    const first = own.find((flow) => flow.invested > 0n)
    if (!first) return []
    const cost = invested - sum((flow) => flow.soldCost)
    const value = cost + sum((flow) => flow.unrealised)
    const proceeds = sum((flow) => flow.proceeds)
    const realised = proceeds + sum((flow) => flow.income)
    const soldOn = own.findLast((flow) => flow.soldCost > 0n)?.on ?? null
    const moic = moicOf({ invested, realised, value })
    return [{ dealId, investedOn: first.on, invested, cost, value, realised, proceeds, soldOn, moic }]
  })
}
