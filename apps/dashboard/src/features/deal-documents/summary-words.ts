import type { DealSummaryView, DocumentProblem, SummarySentence, SummarySource } from '@throughline/contracts'
import { formatDay } from '@throughline/ui'

export type MadeSummary = NonNullable<DealSummaryView['summary']>

/** Who wrote it, so that nobody takes picked sentences for a judgement. */
export const writtenBy = ({ provider, model }: Pick<MadeSummary, 'provider' | 'model'>): string =>
  model === null
    ? 'Made without a model: sentences picked from the documents, word for word.'
    : `Written by ${model} (${provider}). Citations and figures were checked against the documents.`

/** Why a sentence is not to be relied on. */
export function doubtOf({ doubt, missing }: Pick<SummarySentence, 'doubt' | 'missing'>): string | null {
  if (doubt === null) return null
  if (doubt === 'uncited') return 'It cites no passage.'
  if (doubt === 'unknown_passage') return 'It cites a passage that does not exist.'
  return `The cited passages do not say ${missing.join(', ')}.`
}

const problems: Record<DocumentProblem, string> = {
  kind: 'is no text and no PDF',
  too_large: 'is too large to be read',
  encrypted: 'is locked with a password',
  broken: 'is damaged',
  too_slow: 'took too long to read',
  no_text: 'has no text: it may be a scan',
}

/** What of a document was left out; nothing when all of it was read. */
export function leftOut({ name, pages, pagesRead, isCut, problem }: SummarySource): string | null {
  if (problem) return `${name} ${problems[problem]}.`
  if (!isCut) return null
  return pagesRead < pages
    ? `Of ${name}, ${pagesRead} of ${pages} pages were read.`
    : `Of ${name}, the beginning was read.`
}

/** What has become of a document that is cited. */
export const removedWord = ({ name, removedAt, removedBy }: MadeSummary['removed'][number]): string =>
  `${name} was removed${removedBy === null ? '' : ` by ${removedBy}`} on ${formatDay(removedAt.slice(0, 10))}. The summary cites it; its pages cannot be opened any more.`

/** Numbers for the eye, from 1 in the order in which passages are cited first. */
export function shownNumbers(sentences: readonly Pick<SummarySentence, 'citations'>[]): Map<number, number> {
  const cited = new Set(sentences.flatMap(({ citations }) => citations))
  return new Map([...cited].map((number, index) => [number, index + 1]))
}
