// What a bank has paid in the place of investors, and got back. It cannot get back what it has not paid.
import type { LineFlow } from '../performance/index.ts'

/** The first day at the end of which more was repaid than drawn, and by how much. @param flows in the order of days */
export function firstOverpaid(flows: readonly LineFlow[]): { date: string; amount: bigint } | undefined {
  let drawn = 0n
  for (const flow of flows) {
    drawn += flow.drawn
    if (drawn < 0n) return { date: flow.date, amount: -drawn }
  }
  return undefined
}
