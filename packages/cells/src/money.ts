// An amount that can be read in two ways is refused with a reason, never guessed.
import type { ImportOptions } from '@throughline/contracts'
import { quoted, refuse } from './cell.ts'

export const currencySign = /^(?:[A-Z]{3}|US\$|\$|€|£|¥)\s*|\s*(?:[A-Z]{3}|\$|€|£|¥|kr)$/g
export const grouped = {
  point: /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d{1,3}(?:[' \u00a0\u202f’]\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/,
  comma: /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$|^\d{1,3}(?:[' \u00a0\u202f’]\d{3})+(?:,\d+)?$|^\d+(?:,\d+)?$/,
} as const
/** numeric(18,2). */
const maxWholeDigits = 16

/** An amount as `1250.00`. @throws CellError for brackets, exponents, signs and anything but the file's own style */
export function parseMoney(cell: string, decimal: ImportOptions['decimal']): string {
  const text = cell.trim().replace(currencySign, '')
  if (/^\(.*\)$/.test(text))
    return refuse(`Amount ${quoted(cell)}: write negative amounts with a minus, not in brackets.`)
  if (/^[+-]?[\d.,]+e[+-]?\d+$/i.test(text))
    return refuse(`Amount ${quoted(cell)} is in scientific notation: digits may have been lost. Write it out.`)
  if (/^-/.test(text) && grouped[decimal].test(text.slice(1)))
    return refuse(`Amount ${quoted(cell)} is negative, which it cannot be here.`)
  if (!grouped[decimal].test(text)) {
    const wanted = decimal === 'comma' ? 'like 1.250,00' : 'like 1,250.00'
    return refuse(`Amount ${quoted(cell)} is not a number ${wanted}, which is the style of this file.`)
  }
  const point = decimal === 'comma' ? ',' : '.'
  const [whole = '', cents = ''] = text.split(point)
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '')
  // `1.250` would be 1.25 here and 1250 to whoever groups by points: what can be read in two ways is not read at all.
  if (cents.length === 3 || /[1-9]/.test(cents.slice(2)))
    return refuse(`Amount ${quoted(cell)} has more than two decimals.`)
  if (digits.length > maxWholeDigits) return refuse(`Amount ${quoted(cell)} is too large.`)
  return `${digits}.${cents.slice(0, 2).padEnd(2, '0')}`
}

const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))
const currencySigns: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['US$', 'USD'],
])

/** ISO 4217. `$` alone is refused: a dozen countries use it. @throws CellError */
export function parseCurrency(cell: string): string {
  const code = currencySigns.get(cell.trim()) ?? cell.trim().toUpperCase()
  return currencyCodes.has(code) ? code : refuse(`Currency ${quoted(cell)} is not a code like EUR.`)
}
