// The same numbers by where deals come from, by who works on them, and by why they are lost.
import type { DealStatistics } from '@throughline/contracts'
import { openSetOf, type Percents, setOf } from './amounts.rules.ts'
import { createdOf } from './cohorts.rules.ts'
import { type Fact, type Facts, inStages, type Link, nobody, noSource, outcomeOf } from './facts.rules.ts'
import { cameFrom, closedIn, createdIn, inStage, isOpen, lostFor, ownedBy } from './links.rules.ts'

interface Days {
  from: string
  to: string
}

/** The keys of all, each once. */
const keysOf = (...maps: readonly ReadonlyMap<string, unknown>[]): string[] => [
  ...new Set(maps.flatMap((map) => [...map.keys()])),
]

export function sourcesOf(facts: Facts, days: Days, percents: Percents, link: Link): DealStatistics['sources'] {
  const open = facts.byKey('openSource')
  const closed = facts.byKey('closedSource')
  const comers = Map.groupBy(inStages(facts.of('cohort'), 'LEAD'), ({ key }) => key)
  return keysOf(open, closed, comers)
    .map((key) => {
      const source = key === noSource ? null : key
      const from = cameFrom(source)
      const comersOfIt = comers.get(key) ?? []
      const { created, won: createdAndWon, conversion } = createdOf(comersOfIt, link, { ...from, ...createdIn(days) })
      return {
        source,
        created,
        createdAndWon,
        conversion,
        open: openSetOf(open.get(key) ?? [], percents, link(isOpen, from)),
        ...outcomeOf(closed.get(key) ?? [], link, { ...from, ...closedIn(days) }),
      }
    })
    .toSorted((a, b) => b.created.count - a.created.count || ((a.source ?? '') < (b.source ?? '') ? -1 : 1))
}

interface Owner {
  id: string
  name: string
}

export function ownersOf(
  facts: Facts,
  days: Days,
  percents: Percents,
  { link, owners }: { link: Link; owners: readonly Owner[] },
): DealStatistics['owners'] {
  const open = facts.byKey('openOwner')
  const closed = facts.byKey('closedOwner')
  const names = new Map(owners.map(({ id, name }) => [id, name]))
  return keysOf(open, closed)
    .map((key) => {
      const whose = ownedBy(key === nobody ? null : key)
      return {
        owner: key === nobody ? null : { id: key, name: names.get(key) ?? '' },
        open: openSetOf(open.get(key) ?? [], percents, link(isOpen, whose)),
        ...outcomeOf(closed.get(key) ?? [], link, { ...whose, ...closedIn(days) }),
      }
    })
    .toSorted(
      (a, b) =>
        b.won.count - a.won.count ||
        b.open.count - a.open.count ||
        ((a.owner?.name ?? '') < (b.owner?.name ?? '') ? -1 : 1),
    )
}

export const lostReasonsOf = (lost: readonly Fact[], days: Days, link: Link): DealStatistics['lostReasons'] =>
  [...Map.groupBy(lost, ({ key }) => key)]
    .map(([reason, rows]) => {
      const deals = link(inStage('CLOSED_LOST'), closedIn(days), lostFor(reason))
      return { reason, ...setOf(rows, deals) }
    })
    .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
