// How far deals have come: distinct deals by their first entry. Those that were lost later are in it, a stage that was
// skipped counts as passed, and one that was entered twice counts once.
import type { DealStage, DealStatistics, openStages } from '@throughline/contracts'
import { countOf, shareOf } from './amounts.rules.ts'
import { type Fact, inStages, type Link, reachedOf } from './facts.rules.ts'
import { type Filter, inStage } from './links.rules.ts'

const pairs: readonly [(typeof openStages)[number], DealStage][] = [
  ['LEAD', 'QUALIFIED'],
  ['LEAD', 'NEGOTIATION'],
  ['LEAD', 'CLOSED_WON'],
  ['QUALIFIED', 'NEGOTIATION'],
  ['QUALIFIED', 'CLOSED_WON'],
  ['NEGOTIATION', 'CLOSED_WON'],
]

/** @param created the filter of the deals that were created in the period */
export const conversionsOf = (cohorts: readonly Fact[], created: Filter, link: Link): DealStatistics['conversions'] =>
  pairs.map(([from, to]) => {
    const rows = inStages(cohorts, from)
    const [entered, reached] = [countOf(rows), reachedOf(rows, to)]
    // Filters know when a deal was created and whether it is won, and not when it came to a stage between.
    const enteredDeals = from === 'LEAD' ? link(created) : null
    const reachedDeals = from === 'LEAD' && to === 'CLOSED_WON' ? link(created, inStage(to)) : null
    return { from, to, entered, reached, rate: shareOf(reached, entered), enteredDeals, reachedDeals }
  })

/** What was created in the period and what of it is won by now. */
export function createdOf(rows: readonly Fact[], link: Link, filter: Filter | null) {
  const [created, won] = [countOf(rows), reachedOf(rows, 'CLOSED_WON')]
  return {
    created: { count: created, deals: filter && link(filter) },
    won: { count: won, deals: filter && link(filter, inStage('CLOSED_WON')) },
    conversion: shareOf(won, created),
  }
}
