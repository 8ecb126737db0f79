// Where one sentence ends and the next begins: one answer for whoever writes text and whoever checks it.

/** Words that a full stop belongs to. */
const abbreviations = new Set([
  ...[
    'mr',
    'mrs',
    'ms',
    'dr',
    'prof',
    'st',
    'sr',
    'jr',
    'no',
    'nr',
    'art',
    'sec',
    'fig',
    'vol',
    'pp',
    'vs',
    'cf',
    'ca',
  ],
  ...['approx', 'est', 'inc', 'ltd', 'co', 'corp', 'llc', 'bros', 'al', 'etc', 'e.g', 'i.e', 'u.s', 'u.k', 'p.a'],
  ...['jan', 'feb', 'mar', 'apr', 'jun', 'jul', 'aug', 'sep', 'sept', 'oct', 'nov', 'dec', 'mio', 'mrd'],
])

/** A sign that ends, what may close behind it, and a beginning. */
const boundary = /[.!?…]["'”’)]*\s+(?=["'“‘(]*[\p{Lu}\p{N}])/gu
const lastWord = /(\S+)$/u

/** Whether the full stop behind a word is only a part of it: `Dr.`, `J.`, `No.`. */
function belongsToWord(before: string): boolean {
  const word = lastWord.exec(before)?.[1]?.replace(/^["'“‘(]+/, '') ?? ''
  return /^\p{L}$/u.test(word) || abbreviations.has(word.toLowerCase())
}

/** The sentences of a text without line breaks, in order; together they are the text, but for the blanks between them. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = []
  let from = 0
  for (const match of text.matchAll(boundary)) {
    if (match[0].startsWith('.') && belongsToWord(text.slice(from, match.index))) continue
    const end = match.index + match[0].length
    sentences.push(text.slice(from, end).trim())
    from = end
  }
  const rest = text.slice(from).trim()
  return rest === '' ? sentences : [...sentences, rest]
}
