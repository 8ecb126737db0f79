// What of an answer stands on the documents. A model is asked to cite; here it is looked whether it did.
import { splitSentences } from '@throughline/ai'
import type { SummaryDoubt, SummarySentence } from '@throughline/contracts'
import { missingFigures } from './text-figures.rules.ts'

/** An answer that goes on for longer is cut: it is a summary. */
export const maxSentences = 40
const longestSentence = 1_000
/** `[1-900]` cites nothing in particular. */
const longestRange = 10

/** `[3]`, `[3, 4]`, `[3–5]`, with the blanks before. */
const citation = /\s*\[\s*(\d{1,6}(?:\s*[,;–-]\s*\d{1,6})*)\s*\]/g

function numbersOf(inside: string): number[] {
  return inside.split(/[,;]/).flatMap((piece) => {
    const [first = 0, last = first] = piece.split(/[–-]/).map(Number)
    if (last <= first || last - first >= longestRange) return last === first ? [first] : [first, last]
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}

interface Cited {
  text: string
  citations: number[]
}

/** The sentences of one line, each with what is cited inside of it or right behind it. */
function sentencesOfLine(line: string): Cited[] {
  const marks: { at: number; numbers: number[] }[] = []
  let text = ''
  let from = 0
  for (const match of line.matchAll(citation)) {
    text += line.slice(from, match.index)
    marks.push({ at: text.length, numbers: numbersOf(match[1] ?? '') })
    from = match.index + match[0].length
  }
  text += line.slice(from)
  let begin = 0
  return splitSentences(text).map((sentence) => {
    const start = text.indexOf(sentence, begin)
    const end = start + sentence.length
    const own = marks.filter(({ at }) => at <= end && (at > begin || begin === 0))
    begin = end
    return { text: sentence, citations: [...new Set(own.flatMap(({ numbers }) => numbers))] }
  })
}

/** Lines as prose: without marks of lists and of bold type; headings say nothing that could be cited. */
const linesOf = (answer: string): string[] =>
  answer
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !/^(?:```|-{3,}|\*{3,}|>)/.test(line))
    .map((line) => line.replace(/^(?:[-*•]|\d{1,3}[.)])\s+/, '').replace(/\*\*|__/g, ''))

function doubtOf(
  citations: readonly number[],
  known: readonly number[],
  missing: readonly string[],
): SummaryDoubt | null {
  if (citations.length === 0) return 'uncited'
  if (known.length < citations.length) return 'unknown_passage'
  return missing.length > 0 ? 'figures' : null
}

/**
 * Reads an answer sentence by sentence and says of each what stands against it: that it cites nothing, or a passage that does
 * not exist, or has a figure that the cited passages do not have. What is kept as a citation exists.
 */
export function checkAnswer(answer: string, passages: readonly { number: number; text: string }[]): SummarySentence[] {
  const textOf = new Map(passages.map(({ number, text }) => [number, text]))
  return linesOf(answer)
    .flatMap(sentencesOfLine)
    .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
    .slice(0, maxSentences)
    .map(({ text, citations }) => {
      const known = citations.filter((number) => textOf.has(number))
      const missing =
        known.length === 0
          ? []
          : missingFigures(
              text,
              known.map((number) => textOf.get(number) ?? ''),
            )
      const kept = text.slice(0, longestSentence).toWellFormed()
      return { text: kept, citations: known, doubt: doubtOf(citations, known, missing), missing }
    })
}

/** Whether anything of it stands on the documents. */
export const isGrounded = (sentences: readonly SummarySentence[]): boolean =>
  sentences.some(({ doubt }) => doubt === null)
