// A period of a firm is days of its own time zone; totals are kept by months of UTC. A period is the months between the
// two nearest beginnings of a month, and what lies between those and its real ends: added, or taken away again.

/** Instants from `since` until before `until`, to be added (1) or taken away (-1). */
export interface Edge {
  sign: 1 | -1
  since: Date
  until: Date
}

export interface SplitPeriod {
  /** First days of months, UTC; the second is no longer part of it. Both the same: no whole month. */
  firstMonth: string
  endMonth: string
  /** Never longer than half a month each. */
  edges: Edge[]
}

const monthStart = (at: Date, further = 0): Date =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + further, 1))
const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

function nearestMonth(at: Date): Date {
  const [before, after] = [monthStart(at), monthStart(at, 1)]
  return at.getTime() - before.getTime() <= after.getTime() - at.getTime() ? before : after
}

const edge = (sign: 1 | -1, since: Date, until: Date): Edge[] => (since < until ? [{ sign, since, until }] : [])

/** Splits the instants from `since` until before `until`. */
export function splitPeriod(since: Date, until: Date): SplitPeriod {
  const [first, end] = [nearestMonth(since), nearestMonth(until)]
  if (first >= end) {
    const none = dayOf(first)
    return { firstMonth: none, endMonth: none, edges: edge(1, since, until) }
  }
  return {
    firstMonth: dayOf(first),
    endMonth: dayOf(end),
    edges: [...edge(1, since, first), ...edge(-1, first, since), ...edge(1, end, until), ...edge(-1, until, end)],
  }
}

/** The day before, of days as YYYY-MM-DD. */
export function dayBefore(day: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  return dayOf(new Date(at.getTime() - 86_400_000))
}

/** The last day of the month that begins with this day. */
export function lastDayOfMonth(firstDay: string): string {
  return dayBefore(dayOf(monthStart(new Date(`${firstDay}T00:00:00Z`), 1)))
}
