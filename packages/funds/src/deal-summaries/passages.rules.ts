// Documents as numbered passages: what a summary cites, and what is shown of the document beside it.
import { splitSentences } from '@throughline/ai'

/** A paragraph's worth: enough to be understood alone, short enough to be looked through. */
export const longestPassage = 600

export interface PageText {
  page: number
  text: string
}

export interface Passage {
  /** From 1, over all documents. */
  number: number
  documentId: string
  document: string
  /** From 1; a text has one page. */
  page: number
  text: string
}

/** Neither what a database does not keep, nor what turns the direction of writing. */
const unwanted = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** Words as they can be kept and shown: lines stay lines, other blanks are one. */
export const cleanText = (text: string): string =>
  text
    .toWellFormed()
    .split(/\r\n|[\n\r\f\v\u0085\u2028\u2029]/)
    .map((line) => line.replace(/\s+/g, ' ').replace(unwanted, '').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** Pieces of at most a passage, cut at a blank where there is one. */
function cutLong(text: string): string[] {
  const pieces: string[] = []
  let rest = text
  while (rest.length > longestPassage) {
    const head = rest.slice(0, longestPassage)
    const blank = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\n'))
    const cut = head.slice(0, blank > longestPassage / 2 ? blank : longestPassage)
    pieces.push(cut.trim())
    rest = rest.slice(cut.length).trim()
  }
  return rest === '' ? pieces : [...pieces, rest]
}

/** Sentences of a paragraph, put together up to the length of a passage. */
function piecesOf(paragraph: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const sentence of splitSentences(paragraph).flatMap(cutLong)) {
    const together = piece === '' ? sentence : `${piece} ${sentence}`
    if (together.length <= longestPassage) piece = together
    else {
      pieces.push(piece)
      piece = sentence
    }
  }
  return piece === '' ? pieces : [...pieces, piece]
}

/** Numbers the pieces of all pages, in the order of the documents. */
export function passagesOf(documents: readonly { id: string; name: string; pages: readonly PageText[] }[]): Passage[] {
  return documents
    .flatMap(({ id, name, pages }) =>
      pages.flatMap(({ page, text }) =>
        cleanText(text)
          .split(/\n\s*\n/)
          .flatMap(piecesOf)
          .map((piece) => ({ documentId: id, document: name, page, text: piece.toWellFormed() })),
      ),
    )
    .map((passage, index) => ({ number: index + 1, ...passage }))
}

/** A document's own `[7]` must not look like a citation. */
export const withoutBrackets = (text: string): string => text.replace(/\[(\s*\d[\d\s,;–-]*)\]/g, '($1)')
