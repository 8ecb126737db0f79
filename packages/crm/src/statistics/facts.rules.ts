// What the database has added up, and the words in which the other rules ask for it.
import type { DealSet, DealStage } from '@throughline/contracts'
import { countOf, type OpenTotal, setOf, shareOf, type Won } from './amounts.rules.ts'
import { type Filter, inStage } from './links.rules.ts'
import type { History } from './probabilities.rules.ts'

type Part =
  | 'stage'
  | 'month'
  | 'openOwner'
  | 'openSource'
  | 'overdue'
  | 'closed'
  | 'closedOwner'
  | 'closedSource'
  | 'reason'
  | 'history'
  | 'cohort'

/** Of `history` and `cohort` there are no amounts, of `closed…` no scores; what is not there is 0. */
export interface Fact extends OpenTotal, Won {
  part: Part
  /** Month, owner, source or reason. */
  key: string
  score: string
  qualified: number
  negotiated: number
  won: number
}

/** Stand for nobody, for no month, and for a source that is not known. */
export const nobody = '00000000-0000-0000-0000-000000000000'
export const noMonth = '9999-01-01'
export const noSource = ''

export class Facts {
  readonly #facts: readonly Fact[]

  constructor(facts: readonly Fact[]) {
    this.#facts = facts
  }

  of(part: Part): Fact[] {
    return this.#facts.filter((fact) => fact.part === part)
  }

  byKey(part: Part): Map<string, Fact[]> {
    return Map.groupBy(this.of(part), ({ key }) => key)
  }
}

export const inStages = <T extends { stage: DealStage }>(rows: readonly T[], ...stages: readonly DealStage[]): T[] =>
  rows.filter(({ stage }) => stages.includes(stage))

/** Deals that have come to a stage, or beyond it. */
export const reachedOf = (rows: readonly Fact[], to: DealStage): number =>
  rows.reduce((sum, { count, qualified, negotiated, won }) => {
    const reached = { LEAD: count, QUALIFIED: qualified, NEGOTIATION: negotiated, CLOSED_WON: won, CLOSED_LOST: 0 }
    return sum + reached[to]
  }, 0)

/** Of closed deals: how many passed each open stage, and of these were won. */
export const historyOf = (closed: readonly Fact[]): History => {
  const passed = (stage: 'LEAD' | 'QUALIFIED' | 'NEGOTIATION') => ({
    closed: reachedOf(closed, stage),
    won: reachedOf(inStages(closed, 'CLOSED_WON'), stage),
  })
  return { LEAD: passed('LEAD'), QUALIFIED: passed('QUALIFIED'), NEGOTIATION: passed('NEGOTIATION') }
}

export type Link = (...filters: Filter[]) => string | null

interface Outcome {
  won: DealSet
  lost: DealSet
  winRate: number | null
}

/** @param filter beside the stage */
export function outcomeOf(rows: readonly Fact[], link: Link, filter: Filter): Outcome {
  const [won, lost] = [inStages(rows, 'CLOSED_WON'), inStages(rows, 'CLOSED_LOST')]
  const linked = (stage: DealStage) => link(filter, inStage(stage))
  return {
    won: setOf(won, linked('CLOSED_WON')),
    lost: setOf(lost, linked('CLOSED_LOST')),
    winRate: shareOf(countOf(won), countOf(won) + countOf(lost)),
  }
}
