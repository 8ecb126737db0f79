// The same numbers by where deals come from, by who works on them, and by why they are lost.
import type { DealStatistics } from '@throughline/contracts'
import { openSetOf, type Percents, setOf } from './amounts.rules.ts'
import { createdOf } from './cohorts.rules.ts'
import { type Fact, type Facts, inStages, type Link, nobody, noSource, outcomeOf } from './facts.rules.ts'
import { closedIn, createdIn, type Filter, isOpen, ownedBy } from './links.rules.ts'

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
      // No filter asks for deals without a source.
      const from: Filter | null = key === noSource ? null : { leadSource: key }
      const {
        created,
        won: createdAndWon,
        conversion,
      } = createdOf(comers.get(key) ?? [], link, from && { ...from, ...createdIn(days) })
      return {
        source: key === noSource ? null : key,
        created,
        createdAndWon,
        conversion,
        open: openSetOf(open.get(key) ?? [], percents, from && link(isOpen, from)),
        ...outcomeOf(closed.get(key) ?? [], link, from && { ...from, ...closedIn(days) }),
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

/** Reasons have no filter. */
export const lostReasonsOf = (lost: readonly Fact[]): DealStatistics['lostReasons'] =>
  [...Map.groupBy(lost, ({ key }) => key)]
    .map(([reason, rows]) => ({ reason, ...setOf(rows, null) }))
    .toSorted((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
