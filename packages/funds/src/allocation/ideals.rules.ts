// Exact shares that sum to the amount although nobody can take more than the room that is left.
import { larger, smaller, sumOf } from '../minor-units.ts'
import { greatestDivisor, type Rational } from '../rational.ts'

interface Claim {
  weight: bigint
  room: bigint | null
  carry: Rational
}

interface Scaled {
  index: number
  weight: bigint
  carry: bigint
  most: bigint | null
}

/** An exact share over a denominator that all of one call have in common; not reduced, so that remainders compare. */
export interface Ideal {
  numerator: bigint
  denominator: bigint
}

/**
 * ideal = level x weight + carry, at most the room, where the level is such that the ideals sum to the amount. When
 * nobody lacks room the level is amount / total weight, and with the carry this is the cumulative target: (called so far
 * + amount) x weight / total weight - what the party was called. Who lacks room is held there, and the others share what
 * is left. An ideal may be below zero: who was rounded up before is ahead of a small call.
 */
export function idealsOf(amount: bigint, claims: readonly Claim[]): Ideal[] {
  const { unit, carries } = carriesOf(claims)
  const held = new Map<number, bigint>()
  let free: Scaled[] = claims.map(({ weight, room }, index) => ({
    index,
    weight,
    carry: carries[index] ?? 0n,
    most: room === null ? null : room * unit,
  }))
  while (free.length > 0) {
    const weights = sumOf(free.map(({ weight }) => weight))
    const level = amount * unit - sumOf(held.values()) - sumOf(free.map(({ carry }) => carry))
    // Multiplied by the weights, so that it stays whole.
    const ideals = new Map(free.map(({ index, weight, carry }) => [index, level * weight + carry * weights]))
    const isOver = ({ index, most }: Scaled) => most !== null && (ideals.get(index) ?? 0n) > most * weights
    const over = free.filter(isOver)
    if (over.length === 0)
      return claims.map((_, index) => ({
        numerator: ideals.get(index) ?? (held.get(index) ?? 0n) * weights,
        denominator: weights * unit,
      }))
    for (const { index, most } of over) held.set(index, most ?? 0n)
    free = free.filter(({ index }) => !held.has(index))
  }
  return claims.map((_, index) => ({ numerator: held.get(index) ?? 0n, denominator: unit }))
}

/**
 * Carries over one denominator. Rounding leaves less than a cent: more is no rounding, and nobody is surprised with it.
 * Those of all investors sum to nothing; where some are excused, the same is taken from each, so that it does again.
 */
function carriesOf(claims: readonly Claim[]): { unit: bigint; carries: bigint[] } {
  const cent = claims.reduce((all, { carry }) => leastMultiple(all, carry.denominator), 1n)
  const within = claims.map(({ carry }) => {
    const scaled = carry.numerator * (cent / carry.denominator)
    return larger(smaller(scaled, cent), -cent)
  })
  const sum = sumOf(within)
  if (sum === 0n) return { unit: cent, carries: within }
  const count = BigInt(claims.length)
  return { unit: cent * count, carries: within.map((carry) => carry * count - sum) }
}

/** Nearly always the same denominators come again, for which nothing has to be divided out. */
const leastMultiple = (a: bigint, b: bigint): bigint => (a % b === 0n ? a : (a / greatestDivisor(a, b)) * b)
