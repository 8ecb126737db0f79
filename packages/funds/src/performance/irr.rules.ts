/// <reference path="./xirr.d.ts" />
// The internal rate of return of dated flows: sum of flow / (1 + rate)^(days / 365) = 0. A rate is no money: here, and
// only here, are floating-point numbers.
import xirr from 'xirr'
import { dayNumber } from '../calendar-days.ts'
import { sumOf } from '../minor-units.ts'

export interface Flow {
  date: string
  /** Below zero what investors pay, above zero what they receive; in minor units of one currency. */
  amount: bigint
}

export type NoRate =
  /** Nothing was paid in, or nothing came back and there is no value to end with. */
  | 'one_sided'
  | 'same_day'
  /** No rate between -99.999 % and 16,000,000 % a year. */
  | 'out_of_range'

export type RateWarning =
  /** The flows have several rates; this is the one nearest to 10 %. */
  | 'several_rates'
  /** Less than a year: not to be shown as a yearly rate in marketing (GIPS). */
  | 'under_one_year'

export type Irr = { rate: number; warnings: RateWarning[] } | { rate: null; reason: NoRate }

interface Numbered {
  amount: number
  day: number
}

const guess = 0.1
const daysOfYear = 365
/** Where the package is sent to look: the logarithm of 1 + rate, in steps of 1/8. */
const [lowest, highest, step] = [-11.5, 12, 0.125]
const halvings = 44

/**
 * The yearly rate of flows, in any order; those of one day count as one.
 * @param value what the holding is worth at the end (NAV), which ends the flows like a payment. A value of zero says
 *   that all is lost: the rate is -1.
 */
export function irrOf(flows: readonly Flow[], value?: Flow): Irr {
  const all = value ? [...flows, value] : flows
  const days = byDay(all)
  const first = days[0]?.day ?? 0
  const last = days.at(-1)?.day ?? 0
  const warnings: RateWarning[] = last - first < daysOfYear ? ['under_one_year'] : []
  const isLost = days.some(({ amount }) => amount < 0) && days.every(({ amount }) => amount <= 0)
  if (isLost && last > first && value?.amount === 0n) return { rate: -1, warnings }
  if (isOneSided(all)) return { rate: null, reason: 'one_sided' }
  if (first === last) return { rate: null, reason: 'same_day' }
  if (isOneSided(days)) return { rate: null, reason: 'one_sided' }
  const rates = ratesOf(days)
  const [nearest] = rates.toSorted((a, b) => Math.abs(a - guess) - Math.abs(b - guess))
  if (nearest === undefined) return { rate: null, reason: 'out_of_range' }
  return { rate: nearest, warnings: rates.length > 1 ? ['several_rates', ...warnings] : warnings }
}

const isOneSided = (list: readonly { amount: bigint | number }[]): boolean =>
  !list.some(({ amount }) => amount < 0) || !list.some(({ amount }) => amount > 0)

/** In the order of days. A value of zero keeps its day. */
function byDay(flows: readonly Flow[]): Numbered[] {
  const sums = new Map<string, bigint>()
  for (const { date, amount } of flows) sums.set(date, (sums.get(date) ?? 0n) + amount)
  return [...sums]
    .map(([date, amount]) => ({ day: dayNumber(date), amount: Number(amount) }))
    .sort((a, b) => a.day - b.day)
}

/**
 * Every rate, in no order. Newton's method finds one from near it and may leave the road from far (of random funds it
 * gave up on one in fifteen), so the changes of sign are found first and `xirr` is started in each.
 */
function ratesOf(flows: readonly Numbered[]): number[] {
  const rates: number[] = []
  let before = worthAt(flows, lowest)
  for (let log = lowest + step; log <= highest; log += step) {
    const worth = worthAt(flows, log)
    if (worth === 0 || before * worth < 0) rates.push(rateNear(flows, log - step, log))
    before = worth
  }
  return rates
}

/** Worth at the beginning, of flows in units of the largest: nothing overflows. */
function worthAt(flows: readonly Numbered[], log: number): number {
  // Discounted to the end that keeps every factor below one.
  const origin = (log > 0 ? flows[0]?.day : flows.at(-1)?.day) ?? 0
  return flows.reduce((sum, { amount, day }) => sum + amount * Math.exp((-log * (day - origin)) / daysOfYear), 0)
}

function rateNear(flows: readonly Numbered[], from: number, to: number): number {
  let [low, high] = [from, to]
  const atLow = worthAt(flows, low)
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = (low + high) / 2
    if (worthAt(flows, middle) * atLow > 0) low = middle
    else high = middle
  }
  const transactions = flows.map(({ amount, day }) => ({ amount, when: new Date(day * 86_400_000) }))
  const near = Math.expm1((low + high) / 2)
  try {
    const found = xirr(transactions, { guess: near, tolerance: 1e-12, maxIterations: 100 })
    return found >= Math.expm1(from) && found <= Math.expm1(to) ? found : near
  } catch {
    // It measures its steps by the rate itself, so it never settles on one of nearly nothing. This is as near as it gets.
    return near
  }
}

/** What a subscription line has paid in the place of investors on a day, less what it got back. */
export interface LineFlow {
  date: string
  drawn: bigint
}

/**
 * The rate without the line: as if investors had paid on the day that the line did, and had not paid (or had been sent)
 * what has repaid it. What is still drawn would have been paid by them, so the fund is worth that much more to them.
 * Nothing but days moves: the flows come to the same as with the line, and its interest is a cost of both.
 * @param value as with the line, net of what is drawn
 */
export const irrWithoutLine = (flows: readonly Flow[], value: Flow, line: readonly LineFlow[]): Irr =>
  irrOf([...flows, ...line.map(({ date, drawn }) => ({ date, amount: -drawn }))], {
    date: value.date,
    amount: value.amount + sumOf(line.map(({ drawn }) => drawn)),
  })
