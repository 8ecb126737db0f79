// What investors write on their wires.

export interface ReferenceOf {
  /** Place of the fund among those of the firm. */
  fund: number
  call: number
}

/** Digits of the shortest number at the end of a code. */
const shortestNumber = 4

/**
 * `F2-C3-LP-0007`: fund, call and investor. Numbers at the end of codes get as many digits as the longest one has, so that
 * `LP-1` is not the beginning of `LP-10`; `checkReferences` refuses what still is.
 */
export function referencesOf(codes: readonly string[], { fund, call }: ReferenceOf): string[] {
  const longest = codes.reduce((most, code) => Math.max(most, numberOf(code).length), shortestNumber)
  return codes.map((code) => {
    const number = numberOf(code)
    const stem = code.slice(0, code.length - number.length)
    return `F${fund}-C${call}-${stem}${number === '' ? '' : number.padStart(longest, '0')}`
  })
}

const numberOf = (code: string): string => /\d*$/.exec(code)?.[0] ?? ''
