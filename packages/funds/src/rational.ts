// Exact fractions: what a share or a rate is before it becomes money. Always reduced, the denominator above zero.
import { refused } from './refused.ts'

export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

export const absolute = (value: bigint): bigint => (value < 0n ? -value : value)

export function greatestDivisor(a: bigint, b: bigint): bigint {
  let [larger, other] = [absolute(a), absolute(b)]
  while (other !== 0n) [larger, other] = [other, larger % other]
  return larger
}

/** @throws RangeError when the denominator is zero */
export function rational(numerator: bigint, denominator = 1n): Rational {
  if (denominator === 0n) throw new RangeError('a fraction over zero')
  const divisor = greatestDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n)
  return { numerator: numerator / divisor, denominator: denominator / divisor }
}

export const zero: Rational = { numerator: 0n, denominator: 1n }
export const one: Rational = { numerator: 1n, denominator: 1n }

export const plus = (a: Rational, b: Rational): Rational =>
  a.denominator === b.denominator
    ? rational(a.numerator + b.numerator, a.denominator)
    : rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
export const minus = (a: Rational, b: Rational): Rational => plus(a, { ...b, numerator: -b.numerator })
export const times = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.numerator, a.denominator * b.denominator)
export const over = (a: Rational, b: Rational): Rational =>
  rational(a.numerator * b.denominator, a.denominator * b.numerator)
export const isAbove = (a: Rational, b: Rational): boolean => minus(a, b).numerator > 0n

/** The nearest whole number; a half goes away from zero, as on an invoice. */
export function rounded({ numerator, denominator }: Rational): bigint {
  const nearest = (2n * absolute(numerator) + denominator) / (2n * denominator)
  return numerator < 0n ? -nearest : nearest
}

/** `12.5` per cent is 1/8. @throws AppError for what is no percentage from 0 to `most` */
export function percent(text: string, most = 100n): Rational {
  const [, whole, fraction = ''] = /^(\d{1,4})(?:\.(\d{1,8}))?$/.exec(text) ?? []
  if (whole === undefined) throw refused(`"${text}" is not a percentage like 12.5.`)
  const value = rational(BigInt(whole + fraction), 100n * 10n ** BigInt(fraction.length))
  if (isAbove(value, rational(most, 100n))) throw refused(`${text} % is more than ${most} %.`)
  return value
}

/** As a decimal with so many places, a half away from zero: 2/3 with 4 is `0.6667`. It need not be reduced. */
export function decimalOf(value: Rational, places: number): string {
  const scaled = rounded({ ...value, numerator: value.numerator * 10n ** BigInt(places) })
  const digits = String(absolute(scaled)).padStart(places + 1, '0')
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
  return scaled < 0n ? `-${text}` : text
}
