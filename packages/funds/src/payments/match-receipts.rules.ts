// Which lines of calls a line of a bank statement pays. The reference decides; an amount alone never does.
import { daysBetween } from '../calendar-days.ts'
import { sumOf } from '../minor-units.ts'

export interface BankLine {
  /** The bank's own id of the booking. */
  bankReference: string
  account: string
  valueDate: string
  amount: bigint
  currency: string
  /** What the payer wrote. */
  text: string
  payer: string
}

export interface OpenReceivable {
  lineId: string
  /** What the notice asks the investor to write. */
  reference: string
  outstanding: bigint
  currency: string
  dueDate: string
  /** Names under which the investor's bank pays. */
  payerNames: readonly string[]
}

export type MatchBasis = 'exact' | 'reference' | 'amount_date_payer' | 'none'

export interface Match {
  basis: MatchBasis
  lineIds: string[]
  /** Per cent. */
  confidence: 100 | 90 | 60 | 50 | 0
  /** Applied without being asked; everything else is a proposal that a person confirms. */
  automatic: boolean
}

/** Days around the due date within which an amount and a payer may make a proposal. */
const window = { before: 20, after: 45 }

const none: Match = { basis: 'none', lineIds: [], confidence: 0, automatic: false }

/**
 * By order: reference, amount and currency (of one line, or of several that one wire pays together); the reference with
 * another amount; then amount, date and payer, as a proposal only. A line in another currency is never meant.
 */
export function matchReceipt(bank: BankLine, open: readonly OpenReceivable[]): Match {
  const possible = open.filter(({ currency }) => currency === bank.currency)
  const named = longest(possible.filter(({ reference }) => mentions(bank.text, reference)))
  const lineIds = named.map(({ lineId }) => lineId)
  if (named.length > 0) {
    if (sumOf(named.map(({ outstanding }) => outstanding)) === bank.amount)
      return { basis: 'exact', lineIds, confidence: 100, automatic: true }
    // Of several lines nobody said how much is for which.
    return named.length === 1
      ? { basis: 'reference', lineIds, confidence: 90, automatic: true }
      : { basis: 'reference', lineIds, confidence: 60, automatic: false }
  }
  const likely = possible.filter(
    (line) => line.outstanding === bank.amount && isInWindow(line, bank) && line.payerNames.some(isName(bank.payer)),
  )
  if (likely.length === 0) return none
  return {
    basis: 'amount_date_payer',
    lineIds: likely.map(({ lineId }) => lineId),
    confidence: 50,
    automatic: false,
  }
}

/** `CALL-0003-1` has `CALL-0003` within it: whoever wrote the longer one did not mean both. */
const longest = (named: readonly OpenReceivable[]): OpenReceivable[] =>
  named.filter(
    ({ reference }) => !named.some((other) => other.reference !== reference && mentions(other.reference, reference)),
  )

/**
 * Whether the text has the reference as a whole. Banks break lines and drop dashes, so blanks and punctuation may stand
 * between its characters; but `CALL-1-71` does not mention `CALL-1-7`.
 */
export function mentions(text: string, reference: string): boolean {
  const characters = plain(reference).replace(/[^\p{L}\p{N}]/gu, '')
  if (characters.length < shortestReference) return false
  const pattern = [...characters].join('[^\\p{L}\\p{N}]*')
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'u').test(plain(text))
}

/** A shorter one stands in any text by chance. */
const shortestReference = 5

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase()
const isName = (payer: string) => (name: string) =>
  plain(name).trim() !== '' && plain(name).replace(/\W+/g, ' ').trim() === plain(payer).replace(/\W+/g, ' ').trim()

function isInWindow({ dueDate }: OpenReceivable, { valueDate }: BankLine): boolean {
  const days = daysBetween(dueDate, valueDate)
  return days >= -window.before && days <= window.after
}

/** The same booking in two files, or told by file and by gateway, is one: this names it. */
export const receiptKey = ({ bankReference, account, valueDate, amount, currency }: BankLine): string =>
  JSON.stringify([account, bankReference, valueDate, String(amount), currency])
