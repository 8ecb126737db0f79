// Cells of files about one fund: amounts in the currency of the fund, and shares that have to come to 100 %. How numbers
// are read is the same for all imports (@throughline/cells); here is what a fund asks of them.
import { currencySign, parseCurrency, parseMoney, quoted, refuse } from '@throughline/cells'
import type { ImportOptions } from '@throughline/contracts'
import { exponentOf, sumOf, toMinor } from '../minor-units.ts'
import { decimalOf, rational } from '../rational.ts'

interface FundStyle {
  decimal: ImportOptions['decimal']
  /** In which the fund is kept. */
  currency: string
}

/**
 * An amount of the fund in minor units. A sign or a code of another currency, in this cell or in one of its own, is refused:
 * nothing is converted on the way in.
 * @throws CellError for brackets, exponents, signs, another style or currency, and decimals that the currency has not
 */
export function fundAmount(cell: string, { decimal, currency }: FundStyle, currencyCell = ''): bigint {
  const written = [...cell.trim().matchAll(currencySign)].map(([sign]) => sign.trim())
  for (const sign of [...written, currencyCell.trim()])
    if (sign !== '' && codeOf(sign, currency) !== currency)
      return refuse(
        `Amount ${quoted(cell)} is in ${sign}; the fund is kept in ${currency}, and a file is not converted.`,
      )
  const amount = parseMoney(cell, decimal)
  if (exponentOf(currency) === 0 && !amount.endsWith('.00'))
    return refuse(`Amount ${quoted(cell)} has decimals, which ${currency} has not.`)
  return toMinor(amount, currency)
}

/** `$`, `¥` and `kr` are several currencies: beside an amount of a fund that is kept in one of them they say that one. */
function codeOf(sign: string, currency: string): string {
  const several = sharedSigns.get(sign)
  if (!several) return parseCurrency(sign)
  return several.has(currency) ? currency : sign
}
const sharedSigns: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['$', new Set(['USD', 'CAD', 'AUD', 'NZD', 'SGD', 'HKD'])],
  ['¥', new Set(['JPY', 'CNY'])],
  ['kr', new Set(['SEK', 'NOK', 'DKK', 'ISK'])],
])

const percentPlaces = 4
/** 100 %, in ten thousandths of a per cent. */
export const wholePercent = 1_000_000n

/** A share in ten thousandths of a per cent: `12.5 %` is 125000n. @throws CellError for what is not above 0 and up to 100 */
export function sharePercent(cell: string, decimal: ImportOptions['decimal']): bigint {
  const text = cell.trim().replace(/\s*%$/, '')
  if (/^\(.*\)$/.test(text)) return refuse(`Share ${quoted(cell)}: brackets mean below zero, which a share cannot be.`)
  if (/^[+-]?[\d.,]+e[+-]?\d+$/i.test(text))
    return refuse(`Share ${quoted(cell)} is in scientific notation. Write it out.`)
  const [, whole, fraction = ''] =
    (decimal === 'comma' ? /^(\d{1,3})(?:,(\d+))?$/ : /^(\d{1,3})(?:\.(\d+))?$/).exec(text) ?? []
  if (whole === undefined)
    return refuse(`Share ${quoted(cell)} is not a percentage ${decimal === 'comma' ? 'like 12,5' : 'like 12.5'}.`)
  if (/[1-9]/.test(fraction.slice(percentPlaces)))
    return refuse(`Share ${quoted(cell)} has more than ${percentPlaces} decimals.`)
  const share = BigInt(whole + fraction.slice(0, percentPlaces).padEnd(percentPlaces, '0'))
  return share > 0n && share <= wholePercent ? share : refuse(`Share ${quoted(cell)} is not above 0 and up to 100 %.`)
}

/**
 * What shares lack to 100.00 %: nothing, or all of it for the party that takes the rest.
 * @param restTo who takes what is left, where the file names somebody
 * @returns the share of that party, 0 where nothing is left
 * @throws CellError with the sum and the difference
 */
export function restOfShares(shares: readonly bigint[], what: string, restTo: string | null): bigint {
  const sum = sumOf(shares)
  const missing = wholePercent - sum
  if (missing === 0n || (missing > 0n && restTo !== null)) return missing
  const difference = missing > 0n ? `${inPercent(missing)} % is missing` : `${inPercent(-missing)} % is too much`
  return refuse(`The shares of ${quoted(what)} sum to ${inPercent(sum)} %, not to 100.00 %: ${difference}.`)
}

/** At least two decimals: `33.3333`, `100.00`. */
const inPercent = (share: bigint): string => decimalOf(rational(share, 10_000n), percentPlaces).replace(/0{1,2}$/, '')
