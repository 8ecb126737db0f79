// Money inside of the rules is a whole number of the currency's smallest unit, as bigint: cents of EUR, yen of JPY.
// It is a decimal string on the wire and numeric(18,2) in SQL.
import { digitsOf } from './currency-digits.ts'
import { refused } from './refused.ts'

const known: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))
/** numeric(18,2). */
const maxWholeDigits = 16

/** Decimals of a currency. @throws AppError for one that does not exist, or that numeric(18,2) cannot hold */
export function exponentOf(currency: string): 0 | 2 {
  const digits = known.has(currency) ? digitsOf(currency) : undefined
  if (digits === undefined) throw refused(`${currency} is not a currency code like EUR.`)
  if (digits > 2) throw refused(`${currency} has more than two decimals; amounts are kept with two.`)
  return digits === 0 ? 0 : 2
}

/** `1250.00` of EUR is 125000n. @throws AppError for what is no decimal, or has more decimals than the currency */
export function toMinor(decimal: string, currency: string): bigint {
  const exponent = exponentOf(currency)
  const [, sign, whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? []
  if (sign === undefined) throw refused(`"${decimal}" is not a decimal like 1250.00.`)
  if (/[1-9]/.test(fraction.slice(exponent)))
    throw refused(`"${decimal}" has more decimals than ${currency}, which has ${exponent}.`)
  if (whole.replace(/^0+/, '').length > maxWholeDigits) throw refused(`"${decimal}" is too large.`)
  const units = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'))
  return sign ? -units : units
}

/** 125000n of EUR is `1250.00`; of JPY it is `125000`. */
export function fromMinor(units: bigint, currency: string): string {
  const exponent = exponentOf(currency)
  const digits = String(units < 0n ? -units : units).padStart(exponent + 1, '0')
  const decimal = exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
  return units < 0n ? `-${decimal}` : decimal
}

export const sumOf = (amounts: Iterable<bigint>): bigint => {
  let sum = 0n
  for (const amount of amounts) sum += amount
  return sum
}

export const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b)
export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b)
export const atLeastZero = (amount: bigint): bigint => larger(amount, 0n)
