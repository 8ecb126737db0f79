// How far deals have come: distinct deals by their first entry. Those that were lost later are in it, a stage that was
// skipped counts as passed, and one that was entered twice counts once.
import type { DealStage, DealStatistics, openStages } from '@throughline/contracts'
import { countOf, shareOf } from './amounts.rules.ts'
import { type Fact, inStages, type Link, reachedOf } from './facts.rules.ts'
import { enteredIn, type Filter, inStage, thatReached } from './links.rules.ts'

const pairs: readonly [(typeof openStages)[number], DealStage][] = [
  ['LEAD', 'QUALIFIED'],
  ['LEAD', 'NEGOTIATION'],
  ['LEAD', 'CLOSED_WON'],
  ['QUALIFIED', 'NEGOTIATION'],
  ['QUALIFIED', 'CLOSED_WON'],
  ['NEGOTIATION', 'CLOSED_WON'],
]

interface Days {
  from: string
  to: string
}

export const conversionsOf = (cohorts: readonly Fact[], days: Days, link: Link): DealStatistics['conversions'] =>
  pairs.map(([from, to]) => {
    const rows = inStages(cohorts, from)
    const [entered, reached] = [countOf(rows), reachedOf(rows, to)]
    const enteredDeals = link(enteredIn(from, days))
    const reachedDeals = link(enteredIn(from, days), thatReached(to))
    return { from, to, entered, reached, rate: shareOf(reached, entered), enteredDeals, reachedDeals }
  })

/** What was created in the period and what of it is won by now. */
export function createdOf(rows: readonly Fact[], link: Link, filter: Filter) {
  const [created, won] = [countOf(rows), reachedOf(rows, 'CLOSED_WON')]
  return {
    created: { count: created, deals: link(filter) },
    won: { count: won, deals: link(filter, inStage('CLOSED_WON')) },
    conversion: shareOf(won, created),
  }
}
