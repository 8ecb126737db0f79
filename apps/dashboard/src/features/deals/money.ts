// Sums on the screen between two answers of the API: whole cents, exact at any size.
import type { DealBoard, DealView } from '@throughline/contracts'

interface Sum {
  currency: string
  value: string
}
/** Of the deals with a probability of their own, see `DealBoard`. */
type OwnSum = DealBoard['columns'][number]['own'][number]

const cents = (value: string): bigint => {
  const [whole = '0', behind = ''] = value.replace('-', '').split('.')
  const size = BigInt(whole) * 100n + BigInt(behind.padEnd(2, '0').slice(0, 2))
  return value.startsWith('-') ? -size : size
}

const text = (amount: bigint): string => {
  const size = amount < 0n ? -amount : amount
  return `${amount < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}

/** Adds amounts per currency, those taken away below; currencies never meet, and one with nothing left goes. */
export function addSums(added: readonly Sum[], removed: readonly Sum[] = []): Sum[] {
  const totals = new Map<string, bigint>()
  const add = ({ currency, value }: Sum, sign: bigint) =>
    totals.set(currency, (totals.get(currency) ?? 0n) + sign * cents(value))
  for (const sum of added) add(sum, 1n)
  for (const sum of removed) add(sum, -1n)
  return [...totals]
    .filter(([, amount]) => amount !== 0n)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([currency, amount]) => ({ currency, value: text(amount) }))
}

type Worth = Pick<DealView, 'currency' | 'value' | 'probability'>
const ownValues = (deals: readonly Worth[]): Sum[] => deals.filter(({ probability }) => probability !== null)
const ownTimesPercent = (deals: readonly Worth[]): Sum[] =>
  deals.flatMap(({ currency, value, probability }) =>
    probability === null ? [] : [{ currency, value: text(cents(value) * BigInt(probability)) }],
  )

/** Sums of deals with a probability of their own, with some that come and some that go. */
export function addOwn(own: readonly OwnSum[], added: readonly Worth[], removed: readonly Worth[] = []): OwnSum[] {
  const known = own.map(({ currency, timesPercent }) => ({ currency, value: timesPercent }))
  const times = addSums([...known, ...ownTimesPercent(added)], ownTimesPercent(removed))
  const timesOf = new Map(times.map(({ currency, value }) => [currency, value]))
  return addSums([...own, ...ownValues(added)], ownValues(removed)).map((sum) => ({
    ...sum,
    timesPercent: timesOf.get(sum.currency) ?? '0.00',
  }))
}

/** A thousandth of it, half up. */
const thousandth = (amount: bigint): bigint => (amount < 0n ? -((500n - amount) / 1000n) : (amount + 500n) / 1000n)

/**
 * Value x probability: the deals' own where they have one, else that of their stage.
 * @param percent of the stage, with one decimal
 */
export function weightedOf({ sums, own }: { sums: readonly Sum[]; own: readonly OwnSum[] }, percent: number): Sum[] {
  const ownOf = new Map(own.map((each) => [each.currency, each]))
  const tenths = BigInt(Math.round(percent * 10))
  return sums.map(({ currency, value }) => {
    const { value: ownValue, timesPercent } = ownOf.get(currency) ?? { value: '0', timesPercent: '0' }
    const others = (cents(value) - cents(ownValue)) * tenths
    return { currency, value: text(thousandth(others + cents(timesPercent) * 10n)) }
  })
}
