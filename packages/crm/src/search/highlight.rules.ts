// Which parts of a text are what was looked for: pieces, so that nobody has to put markup into data.
import type { SearchPieces } from '@throughline/contracts'

/** Letters that do not fall apart into a plain one and its accent. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  '’': "'",
  '‘': "'",
  ʼ: "'",
}

/** A text as search compares it, and where each of its characters stands in the original. */
function fold(text: string): { plain: string; places: number[] } {
  let plain = ''
  const places: number[] = []
  let at = 0
  for (const letter of text) {
    for (const lower of letter.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()) {
      const folded = plainLetters[lower] ?? lower
      plain += folded
      for (let i = 0; i < folded.length; i++) places.push(at)
    }
    at += letter.length
  }
  places.push(at)
  return { plain, places }
}

const withinWord = /[\p{L}\p{N}]/u

/** Letters of languages that are written without spaces between words. */
export const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\uffff]/

/** Whether something that is looked for may begin here: where a word or a sign begins, or wherever there are no spaces. */
const beginsHere = (plain: string, at: number): boolean => {
  const [before = '', here = ''] = [plain[at - 1], plain[at]]
  return !withinWord.test(before) || !withinWord.test(here) || unspaced.test(here)
}

/** How far a term reaches from here, passing over `'` and `-` that it was typed without; 0 when it does not stand here. */
function reach(plain: string, at: number, term: string): number {
  let end = at
  for (let i = 0; i < term.length; ) {
    if (plain[end] === term[i]) {
      end++
      i++
    } else if (i > 0 && (plain[end] === "'" || plain[end] === '-')) end++
    else return 0
  }
  return end - at
}

/** The text in pieces. @param terms plain, as `search_terms` gives them */
export function piecesOf(text: string, terms: readonly string[]): SearchPieces {
  const { plain, places } = fold(text)
  const pieces: SearchPieces = []
  const push = (from: number, to: number, hit: boolean) => {
    if (to > from) pieces.push({ text: text.slice(from, to), hit })
  }
  let shown = 0
  let at = 0
  while (at < plain.length) {
    const length = beginsHere(plain, at) ? Math.max(0, ...terms.map((term) => reach(plain, at, term))) : 0
    const from = places[at] ?? text.length
    if (length === 0 || from < shown) {
      at++
      continue
    }
    // Up to the beginning of the next letter: an accent belongs to the one before it.
    let end = at + length
    while (end < plain.length && places[end] === places[end - 1]) end++
    const to = places[end] ?? text.length
    push(shown, from, false)
    push(from, to, true)
    shown = to
    at = end
  }
  push(shown, text.length, false)
  return pieces
}

const snippetLength = 160
const before = 40

/** Some words around the first place where a long text says it; null when it does not. */
export function snippetOf(text: string, terms: readonly string[]): SearchPieces | null {
  const line = text.replace(/\s+/g, ' ').trim()
  const pieces = piecesOf(line, terms)
  const first = pieces.findIndex(({ hit }) => hit)
  if (first < 0) return null
  const at = pieces.slice(0, first).reduce((sum, piece) => sum + piece.text.length, 0)
  const space = at <= before ? -1 : line.indexOf(' ', at - before)
  const from = at <= before ? 0 : space < 0 || space >= at ? at : space + 1
  const end = from + snippetLength >= line.length ? line.length : line.lastIndexOf(' ', from + snippetLength)
  const to = end <= at ? Math.min(line.length, from + snippetLength) : end
  const cut = piecesOf(line.slice(from, to).toWellFormed(), terms)
  const said = from > 0 ? [{ text: '… ', hit: false }, ...cut] : cut
  return to < line.length ? [...said, { text: ' …', hit: false }] : said
}
