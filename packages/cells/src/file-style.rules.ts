// How the amounts and dates of a whole file are written. What can be read in two ways is left for a person to say.

import type { ImportOptions, ProposedOptions } from '@throughline/contracts'
import { currencySign } from './money.ts'

/** `12,5` and `1,250.50`: the last mark stands before one or two digits. */
const withCents = /\d(?<mark>[.,])\d{1,2}$/
/** `1.250.000`: more than one group, or a blank group before it, can be nothing but grouping. */
const severalGroups = /^\D*\d{1,3}(?<mark>[.,])\d{3}(?:\k<mark>\d{3})+\D*$/
/** `1.250`: a thousand, or one and a quarter. */
const oneGroup = /^\D*\d{1,3}[.,]\d{3}\D*$/
const numericDate = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})/

function proposeDecimal(cells: readonly string[], delimiter: string): ImportOptions['decimal'] | null {
  let comma = 0
  let undecided = false
  for (const cell of cells) {
    const text = cell.trim().replace(currencySign, '')
    const decimalMark = withCents.exec(text)?.groups?.mark
    const groupMark = severalGroups.exec(text)?.groups?.mark
    if (decimalMark) comma += decimalMark === ',' ? 1 : -1
    else if (groupMark) comma += groupMark === '.' ? 1 : -1
    else if (oneGroup.test(text)) undecided = true
  }
  if (comma !== 0) return comma > 0 ? 'comma' : 'point'
  if (undecided) return null
  // Whole numbers only: both styles say the same.
  return delimiter === ';' ? 'comma' : 'point'
}

function proposeDateOrder(cells: readonly string[]): ImportOptions['dateOrder'] | null {
  const votes = { ymd: 0, dmy: 0, mdy: 0 }
  let undecided = false
  for (const cell of cells) {
    const [, first = '', second = ''] = numericDate.exec(cell.trim()) ?? []
    if (first === '') continue
    if (first.length === 4) votes.ymd += 1
    else if (Number(first) > 12) votes.dmy += 1
    else if (Number(second) > 12) votes.mdy += 1
    else undecided = true
  }
  if (votes.dmy > 0 && votes.mdy > 0) return null
  if (votes.dmy > 0) return 'dmy'
  if (votes.mdy > 0) return 'mdy'
  return undecided ? null : 'ymd'
}

/** The number and date style of a whole file, from what its amounts and dates look like; null where they do not say. */
export const proposeOptions = (sample: {
  amounts: readonly string[]
  dates: readonly string[]
  delimiter: string
}): ProposedOptions => ({
  decimal: proposeDecimal(sample.amounts, sample.delimiter),
  dateOrder: proposeDateOrder(sample.dates),
})
