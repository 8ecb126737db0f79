// A summary without a model: sentences picked from the passages, each with the number of the one that it stands in.
import type { SummaryBrief } from './port.ts'
import { splitSentences } from './sentences.ts'

const maxSentences = 10
const maxOfOneDocument = 5
const shortest = 30
const longest = 320

/** What readers of a deal's papers look for, and how much more it is worth than another word. */
const telling: readonly (readonly [RegExp, number])[] = [
  [/\b(revenue|arr|ebitda|margin|profit|loss|cash|runway|valuation|price|debt|turnover)\w*/giu, 3],
  [/\b(risk|depend|concentrat|litigation|churn|compet|condition|covenant|breach|warrant|indemnit)\w*/giu, 3],
  [/\b(grow|grew|round|invest|raise|stake|share|ownership|board|liquidation|preference|option)\w*/giu, 2],
  [/\b(customer|contract|market|product|team|founder|management|plan|expect|forecast|closing|exit)\w*/giu, 1],
  [/\d+(?:[.,]\d+)?\s?%|[€$£¥]\s?\d|\b(?:EUR|USD|GBP|CHF)\s?\d|\d\s?(?:million|billion|bn|m)\b/gu, 3],
]

function scoreOf(sentence: string, place: number): number {
  const points = telling.map(([pattern, weight]) => Math.min(2, [...sentence.matchAll(pattern)].length) * weight)
  // Papers say first what they are about.
  return points.reduce((sum, each) => sum + each, 0) + (place === 0 ? 2 : 0)
}

/** Letters enough to be said, not a table, a heading or a line of dots. */
const isProse = (sentence: string): boolean =>
  sentence.length >= shortest &&
  sentence.length <= longest &&
  [...sentence.matchAll(/\p{L}/gu)].length > sentence.length / 2 &&
  /[.!?…]["'”’)]*$/u.test(sentence)

interface Candidate {
  number: number
  document: string
  sentence: string
  score: number
}

function candidatesOf({ passages }: SummaryBrief): Candidate[] {
  const seen = new Set<string>()
  return passages.flatMap(({ number, document, text }, at) => {
    const isFirst = passages[at - 1]?.document !== document
    return splitSentences(text.replace(/\s+/g, ' ')).flatMap((sentence, place) => {
      if (!isProse(sentence) || seen.has(sentence)) return []
      seen.add(sentence)
      return [{ number, document, sentence, score: scoreOf(sentence, isFirst ? place : 1) }]
    })
  })
}

/** The best, not all of one document, in the order in which they stand. */
function pickBest(candidates: readonly Candidate[]): Candidate[] {
  const taken = new Map<string, number>()
  const picked = new Set<Candidate>()
  for (const candidate of candidates.toSorted((a, b) => b.score - a.score)) {
    const ofDocument = taken.get(candidate.document) ?? 0
    if (picked.size === maxSentences) break
    if (ofDocument === maxOfOneDocument) continue
    taken.set(candidate.document, ofDocument + 1)
    picked.add(candidate)
  }
  return candidates.filter((each) => picked.has(each))
}

/** One sentence a line, `… [3]`; empty when the passages have no sentence. The same passages give the same lines. */
export function composeSummary(brief: SummaryBrief): string {
  return pickBest(candidatesOf(brief))
    .map(({ sentence, number }) => `${sentence} [${number}]`)
    .join('\n')
}
