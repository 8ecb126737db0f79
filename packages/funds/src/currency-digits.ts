// Digits behind the point of a currency. `Intl` follows CLDR, which differs from ISO 4217, so the exceptions stand here.

/** ISO 4217: what has no smaller unit. */
export const currenciesWithoutDecimals: readonly string[] =
  'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ')
const exceptions: ReadonlyMap<string, 0 | 3 | 4> = new Map([
  ...currenciesWithoutDecimals.map((code) => [code, 0] as const),
  ...'BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3] as const),
  ...['CLF', 'UYW'].map((code) => [code, 4] as const),
])
/** Metals, testing and accounting codes of ISO 4217 begin with X too, and have no smallest unit. */
const moneyWithX = new Set(['XAF', 'XCD', 'XCG', 'XOF', 'XPF'])

/** Of a code with three letters, digits by ISO 4217; nothing for what is not money. */
export function digitsOf(currency: string): 0 | 2 | 3 | 4 | undefined {
  if (currency.startsWith('X') && !moneyWithX.has(currency)) return undefined
  return exceptions.get(currency) ?? 2
}
