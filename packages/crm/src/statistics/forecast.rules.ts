// Open deals by the month in which they are expected to close. What is lost or won is in none of them.
import type { DealStatistics } from '@throughline/contracts'
import { negated, openSetOf, type Percents } from './amounts.rules.ts'
import { type Fact, type Facts, type Link, noMonth } from './facts.rules.ts'
import { dueIn, type Filter, isOpen, overdueOn, undated } from './links.rules.ts'

const byMonth = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1)

/** @param today of the firm: what was expected before it is overdue, also within this month */
export function forecastOf(facts: Facts, percents: Percents, today: string, link: Link): DealStatistics['forecast'] {
  const months = [...facts.byKey('month')].toSorted(byMonth)
  const current = `${today.slice(0, 7)}-01`
  const overdueThisMonth = facts.of('overdue')
  const overdueBefore = months.filter(([month]) => month < current).flatMap(([, rows]) => rows)
  const noDate = months.find(([month]) => month === noMonth)?.[1] ?? []
  const open = (rows: readonly Fact[], filter: Filter) => openSetOf(rows, percents, link(isOpen, filter))
  const ahead = months.filter(([month]) => month >= current && month !== noMonth)
  return {
    overdue: open([...overdueBefore, ...overdueThisMonth], overdueOn(today)),
    months: ahead
      .map(([month, rows]) => {
        const due = month === current ? [...rows, ...overdueThisMonth.map(negated)] : rows
        return { month: month.slice(0, -3), ...open(due, dueIn(month, today)) }
      })
      .filter(({ count }) => count > 0),
    undated: open(noDate, undated),
  }
}
