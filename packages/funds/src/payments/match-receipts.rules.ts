// Which lines of calls a line of a bank statement pays. The reference decides; an amount alone never does.
import { daysBetween } from '../calendar-days.ts'
import { atLeastZero, sumOf } from '../minor-units.ts'
import { refused } from '../refused.ts'

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

export interface IssuedReceivable {
  lineId: string
  /** What the notice asks the investor to write. */
  reference: string
  /** 0 when it is paid. */
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

/** The lines of a fund, ready for any number of receipts: what they cost does not grow with the lines. */
export interface Matcher {
  match(bank: BankLine): Match
  /** What a receipt has paid meanwhile: the next one meets a line that asks for less. */
  settle(lineId: string, amount: bigint): void
}

/**
 * By order: reference, amount and currency; the reference with another amount; then amount, date and payer, as a proposal
 * only. Automatic is only what names one open line, and no other that was ever issued: references lose their punctuation
 * at banks, so a paid line may be meant as well. A line in another currency is never meant, and what a bank takes away
 * or does not give is no receipt.
 * @param issued all lines of issued calls, the paid ones too
 */
export function matcherOf(issued: readonly IssuedReceivable[]): Matcher {
  const lines = issued.map((line, place) => ({ ...line, place }))
  const byId = new Map(lines.map((line) => [line.lineId, line]))
  const byWords = Map.groupBy(lines, ({ reference }) => bare(reference))
  const namedIn = (text: string) =>
    [...phrasesOf(text)].flatMap((phrase) => byWords.get(phrase) ?? []).toSorted((a, b) => a.place - b.place)
  return {
    match(bank) {
      if (bank.amount <= 0n) return none
      const named = namedIn(bank.text)
      const possible = named.filter(({ currency }) => currency === bank.currency)
      if (possible.length > 0) return byReference(bank, possible, named.length)
      const likely = lines.filter(
        (line) =>
          line.currency === bank.currency &&
          line.outstanding === bank.amount &&
          isInWindow(line, bank) &&
          line.payerNames.some(isName(bank.payer)),
      )
      if (likely.length === 0) return none
      return { basis: 'amount_date_payer', lineIds: idsOf(likely), confidence: 50, automatic: false }
    },
    settle(lineId, amount) {
      const line = byId.get(lineId)
      if (line) line.outstanding = atLeastZero(line.outstanding - amount)
    },
  }
}

/** One receipt on its own; see `matcherOf`. */
export const matchReceipt = (bank: BankLine, issued: readonly IssuedReceivable[]): Match =>
  matcherOf(issued).match(bank)

function byReference(bank: BankLine, lines: readonly IssuedReceivable[], namedAtAll: number): Match {
  const lineIds = idsOf(lines)
  const isExact = sumOf(lines.map(({ outstanding }) => outstanding)) === bank.amount
  const isOpen = lines.every(({ outstanding }) => outstanding > 0n)
  if (namedAtAll === 1 && isOpen)
    return { basis: isExact ? 'exact' : 'reference', lineIds, confidence: isExact ? 100 : 90, automatic: true }
  return { basis: isExact ? 'exact' : 'reference', lineIds, confidence: isExact ? 90 : 60, automatic: false }
}

const idsOf = (lines: readonly IssuedReceivable[]): string[] => lines.map(({ lineId }) => lineId)

/**
 * Refuses references that a bank statement could not tell apart: written without punctuation and in capitals, each has
 * to be another, and none the beginning of another.
 * @param references those that are to be issued, with all that were
 * @throws AppError unprocessable with the references
 */
export function checkReferences(references: readonly string[]): void {
  const short = references.find((reference) => bare(reference).length < shortestReference)
  if (short !== undefined)
    throw refused(`A reference needs ${shortestReference} letters and digits.`, { references: [short] })
  const sorted = references.map((reference) => ({ reference, text: bare(reference) })).toSorted(byText)
  // What begins with a text comes right after it.
  for (const [index, { reference, text }] of sorted.entries()) {
    const next = sorted[index + 1]
    if (next?.text.startsWith(text))
      throw refused('A reference is the same as another without punctuation, or its beginning.', {
        references: [reference, next.reference],
      })
  }
}

const byText = (a: { text: string }, b: { text: string }): number => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)

/**
 * Whether the text has the reference as a whole. Banks break lines and drop dashes, so blanks and punctuation may stand
 * between its characters; but `CALL-1-71` does not mention `CALL-1-7`.
 */
export const mentions = (text: string, reference: string): boolean => phrasesOf(text).has(bare(reference))

/** The words of a text, and words that follow each other taken together, as a reference would be written there. */
function phrasesOf(text: string): Set<string> {
  const words = plain(text).split(/[^\p{L}\p{N}]+/u)
  const phrases = new Set<string>()
  for (const [start] of words.entries()) {
    let phrase = ''
    for (const word of words.slice(start)) {
      phrase += word
      if (phrase.length > longestReference) break
      if (phrase.length >= shortestReference) phrases.add(phrase)
    }
  }
  return phrases
}

/** A shorter one stands in any text by chance. */
const shortestReference = 5
/** A longer one does not fit on a statement. */
const longestReference = 140

/** Without blanks and punctuation, which banks drop. */
const bare = (reference: string): string => plain(reference).replace(/[^\p{L}\p{N}]/gu, '')
/** Without accents, but with the vowels that scripts of India write as marks; capitals, in which ß is SS. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
const plainName = (name: string): string =>
  plain(name)
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim()
const isName = (payer: string) => (name: string) => plainName(name) !== '' && plainName(name) === plainName(payer)

function isInWindow({ dueDate }: IssuedReceivable, { valueDate }: BankLine): boolean {
  const days = daysBetween(dueDate, valueDate)
  return days >= -window.before && days <= window.after
}

/** The same booking in two files, or told by file and by gateway, is one: this names it. */
export const receiptKey = ({ bankReference, account, valueDate, amount, currency }: BankLine): string =>
  JSON.stringify([account, bankReference, valueDate, String(amount), currency])
