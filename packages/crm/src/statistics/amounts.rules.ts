// Sums of deals: exact, per currency, weighted by probability; rounded half up, once, at the end.
import type { DealSet, DealStage, OpenSet } from '@throughline/contracts'
import { Decimal } from 'decimal.js'

/** Sums of a million values of 18 digits have more digits than decimal.js keeps unless it is told. */
const Exact = Decimal.clone({ precision: 60, rounding: Decimal.ROUND_HALF_UP })
const cents = (value: Decimal): string => value.toFixed(2)

/** Deals of one currency, as the database has added them up. Amounts are decimal strings. */
export interface Total {
  currency: string
  count: number
  value: string
}

/** Open deals of one stage and currency. */
export interface OpenTotal extends Total {
  stage: DealStage
  /** Of the deals with a probability of their own: their value, and value x per cent. */
  ownValue: string
  ownWeighted: string
}

/** Per cent by stage. A stage that is not named counts nothing: closed deals are in no weighted pipeline. */
export type Percents = Readonly<Partial<Record<DealStage, number>>>

/** Adds what `amount` says of each row, per currency; currencies in their alphabetical order. */
function perCurrency<T extends Total>(rows: readonly T[], amount: (row: T) => Decimal): Map<string, Decimal> {
  const sums = new Map<string, Decimal>()
  for (const row of rows.toSorted((a, b) => (a.currency < b.currency ? -1 : 1)))
    sums.set(row.currency, (sums.get(row.currency) ?? new Exact(0)).plus(amount(row)))
  return sums
}

/** The same deals, to be taken away from others. */
export const negated = <T extends OpenTotal>(row: T): T => ({
  ...row,
  count: -row.count,
  value: new Exact(row.value).negated().toString(),
  ownValue: new Exact(row.ownValue).negated().toString(),
  ownWeighted: new Exact(row.ownWeighted).negated().toString(),
})

export const countOf = (rows: readonly { count: number }[]): number => rows.reduce((sum, { count }) => sum + count, 0)

export function setOf(rows: readonly Total[], deals: string | null): DealSet {
  const counts = new Map<string, number>()
  for (const { currency, count } of rows) counts.set(currency, (counts.get(currency) ?? 0) + count)
  const sums = [...perCurrency(rows, ({ value }) => new Exact(value))].map(([currency, value]) => ({
    currency,
    count: counts.get(currency) ?? 0,
    value: cents(value),
  }))
  return { count: countOf(rows), deals, sums: sums.filter(({ count }) => count > 0) }
}

/** Value x probability: the deal's own where it has one (0 is 0, not "unknown"), else its stage's. */
export const weightedOf = (rows: readonly OpenTotal[], percents: Percents): OpenSet['weighted'] =>
  [
    ...perCurrency(rows, ({ stage, value, ownValue, ownWeighted }) => {
      const percent = percents[stage]
      if (percent === undefined) return new Exact(0)
      return new Exact(value).minus(ownValue).times(percent).plus(ownWeighted).dividedBy(100)
    }),
  ].map(([currency, value]) => ({ currency, value: cents(value) }))

export function openSetOf(rows: readonly OpenTotal[], percents: Percents, deals: string | null): OpenSet {
  const set = setOf(rows, deals)
  const known = new Set(set.sums.map(({ currency }) => currency))
  return { ...set, weighted: weightedOf(rows, percents).filter(({ currency }) => known.has(currency)) }
}

/** A share, 0 to 1, four decimals; null of nothing. */
export function shareOf(part: number | string, whole: number | string): number | null {
  const all = new Exact(whole)
  return all.isZero() ? null : new Exact(part).dividedBy(all).toDecimalPlaces(4).toNumber()
}

export interface Won extends Total {
  /** From creation to closing, over all of them. */
  cycleSeconds: string
}

const daySeconds = 86_400

/** Open deals x win rate x average won value / average days from creation to winning, of one currency. */
export function velocityOf(currency: string, open: number, won: readonly Won[], lost: readonly Total[]) {
  const wins = countOf(won)
  const value = won.reduce((sum, row) => sum.plus(row.value), new Exact(0))
  const cycleDays = won.reduce((sum, row) => sum.plus(row.cycleSeconds), new Exact(0)).dividedBy(daySeconds)
  const closed = wins + countOf(lost)
  const isKnown = wins > 0 && cycleDays.greaterThan(0)
  // The wins of the rate cancel out with those of one of the averages.
  const perDay = isKnown ? value.times(open).times(wins).dividedBy(closed).dividedBy(cycleDays) : null
  return {
    currency,
    open,
    winRate: shareOf(wins, closed),
    averageWon: wins > 0 ? cents(value.dividedBy(wins)) : null,
    averageCycleDays: wins > 0 ? cycleDays.dividedBy(wins).toDecimalPlaces(1).toNumber() : null,
    perDay: perDay && cents(perDay),
  }
}
