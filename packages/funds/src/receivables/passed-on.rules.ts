// Who owes what becomes outstanding again on a line, when the commitment that it was called on has gone to others. Pure.
import { shareOut } from '../allocation/index.ts'
import type { StoredPart } from '../calls/index.ts'
import { fromMinor, smaller, sumOf, toMinor } from '../minor-units.ts'

/** A commitment, or a part of it, that has gone from one investor to another, in the order in which it was written down. */
export interface CommitmentTransfer {
  id: string
  commitmentId: string
  from: string
  to: string
  on: string
  amount: bigint
  /** All that the seller had promised before. */
  before: bigint
}

/** What of a position is settled, by what settled it. */
export const settledSums = ['funded', 'fundedOutside', 'writtenOff', 'writtenOffOutside'] as const
export type Settled = Record<(typeof settledSums)[number], bigint>

export interface LoweredLine {
  lineId: string
  investorId: string
  /** What is not settled any more. */
  lowered: Settled
  /** Since it was settled. */
  transfers: readonly CommitmentTransfer[]
}

export interface PassedPart {
  lineId: string
  from: string
  to: string
  /** By which the debtor has it. */
  commitmentId: string
  sums: Settled
}

/** Of an amount, as large a part as `part` is of `whole`; to the unit, and at most `part` where the amount is at most `whole`. */
export const partOf = (amount: bigint, part: bigint, whole: bigint): bigint => {
  if (amount === 0n || part <= 0n) return 0n
  if (part >= whole) return amount
  const shares = shareOut(amount, [
    { id: 'part', weight: part },
    { id: 'rest', weight: whole - part },
  ])
  return shares.find(({ id }) => id === 'part')?.amount ?? 0n
}

/** An amount follows the commitment: of each transfer as much goes along as went of all that the seller had promised. */
export function debtorsOf(
  amount: bigint,
  debtor: string,
  transfers: readonly CommitmentTransfer[],
): Map<string, bigint> {
  const debts = new Map([[debtor, amount]])
  for (const { from, to, amount: gone, before } of transfers) {
    const had = debts.get(from) ?? 0n
    const goes = partOf(had, gone, before)
    debts.set(from, had - goes)
    debts.set(to, (debts.get(to) ?? 0n) + goes)
  }
  return debts
}

/**
 * What others owe of lines. Nobody is charged with more than what the position has as settled: a cent of rounding goes to
 * somebody else.
 * @param stands of all debtors; used up
 */
export function passedOn(lines: readonly LoweredLine[], stands: ReadonlyMap<string, Settled>): PassedPart[] {
  return lines.flatMap(({ lineId, investorId, lowered, transfers }) => {
    const fitted = settledSums.map(
      (name) => [name, fit(debtorsOf(lowered[name], investorId, transfers), name, stands)] as const,
    )
    const debtors = [...new Set(transfers.map(({ to }) => to))].filter((id) => id !== investorId)
    return debtors.flatMap((to): PassedPart[] => {
      const sums: Settled = { funded: 0n, fundedOutside: 0n, writtenOff: 0n, writtenOffOutside: 0n }
      for (const [name, amounts] of fitted) sums[name] = amounts.get(to) ?? 0n
      const commitmentId = transfers.findLast((transfer) => transfer.to === to)?.commitmentId ?? ''
      return totalOf(sums) > 0n ? [{ lineId, from: investorId, to, commitmentId, sums }] : []
    })
  })
}

function fit(
  debts: ReadonlyMap<string, bigint>,
  name: keyof Settled,
  stands: ReadonlyMap<string, Settled>,
): Map<string, bigint> {
  const fitted = new Map<string, bigint>()
  const charge = (id: string, most: bigint): bigint => {
    const stand = stands.get(id)
    const amount = smaller(most, stand?.[name] ?? 0n)
    if (stand) stand[name] -= amount
    fitted.set(id, (fitted.get(id) ?? 0n) + amount)
    return most - amount
  }
  const left = sumOf([...debts].map(([id, amount]) => charge(id, amount)))
  ;[...debts.keys()].reduce((rest, id) => charge(id, rest), left)
  return fitted
}

export const totalOf = (sums: Settled): bigint => sumOf(settledSums.map((name) => sums[name]))

/** Splits the parts of a line by component: of each as much goes as of the line. */
export function partsThatGo(
  parts: readonly StoredPart[],
  goes: bigint,
  currency: string,
): { stay: StoredPart[]; go: StoredPart[] } {
  const minor = (decimal: string) => toMinor(decimal, currency)
  const weights = parts
    .map(({ componentId, amount }) => ({ id: componentId, weight: minor(amount) }))
    .filter(({ weight }) => weight > 0n)
  const amounts = new Map(
    (goes > 0n && weights.length > 0 ? shareOut(goes, weights) : []).map(({ id, amount }) => [id, amount]),
  )
  const split = parts.map((part) => {
    const amount = amounts.get(part.componentId) ?? 0n
    const weight = partOf(minor(part.weight), amount, minor(part.amount))
    const [text, own] = [fromMinor(amount, currency), fromMinor(weight, currency)]
    return {
      stay: {
        ...part,
        amount: fromMinor(minor(part.amount) - amount, currency),
        weight: fromMinor(minor(part.weight) - weight, currency),
      },
      go: {
        ...{ componentId: part.componentId, amount: text, weight: own, ideal: text, floor: text },
        ...{ remainder: '0', extraCent: false, takenBack: fromMinor(0n, currency) },
      },
    }
  })
  return { stay: split.map(({ stay }) => stay), go: split.map(({ go }) => go) }
}

/** What somebody has on a line already, and what comes to it. */
export function partsTogether(own: readonly StoredPart[], more: readonly StoredPart[], currency: string): StoredPart[] {
  const add = (a: string, b: string) => fromMinor(toMinor(a, currency) + toMinor(b, currency), currency)
  const coming = new Map(more.map((part) => [part.componentId, part]))
  const together = own.map((part) => {
    const other = coming.get(part.componentId)
    coming.delete(part.componentId)
    return other ? { ...part, amount: add(part.amount, other.amount), weight: add(part.weight, other.weight) } : part
  })
  return [...together, ...coming.values()]
}
