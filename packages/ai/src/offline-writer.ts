// Writes without a model: the same brief gives the same post. It composes from the brief, the brand voice and the
// firm's own documents, answers a reviewer's notes, and says on the draft that no model was used.
import { createHash } from 'node:crypto'
import {
  closings,
  conclusions,
  openings,
  type Passage,
  passages,
  type Register,
  transitions,
} from './offline-phrases.ts'
import { composeSummary } from './offline-summary.ts'
import type { Brief, TextModel, WriteRequest } from './port.ts'
import { askedSection, isShorter, readNotes } from './revision-notes.ts'

export const offlineNotice =
  '> No model was used for this draft: Throughline’s offline writer composed it from the brief, the brand voice and the firm’s own documents.'

const maxQuotes = 3

/** A choice that depends on the text and on nothing else. */
const pick = <T>(from: readonly T[], seed: string): T => {
  const chosen = from[createHash('sha256').update(seed).digest().readUInt32BE(0) % from.length]
  if (chosen === undefined) throw new Error('nothing to choose from')
  return chosen
}

const registerOf = (brandVoice: string): Register =>
  /\b(warm|friendly|humou?r|direct|conversational|founders?|playful)\b/i.test(brandVoice) ? 'warm' : 'measured'

const sentencesOf = (text: string): string[] =>
  text
    .replace(/[#>*_`]/g, '')
    .split(/(?<=[.!?])\s+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length > 40 && sentence.length < 260)

interface Quote {
  id: string
  title: string
  sentence: string
}

const stopWords = new Set([
  'the',
  'and',
  'for',
  'with',
  'that',
  'this',
  'from',
  'what',
  'when',
  'your',
  'our',
  'how',
  'why',
])
const wordsOf = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\d]{3,}/gu) ?? []).filter((word) => !stopWords.has(word))

/** The sentences of the firm's documents that have most to do with the brief: at most one a document. */
export function quotesFor({ topic, keywords, documents }: Brief): Quote[] {
  const wanted = new Set(wordsOf([topic, ...keywords].join(' ')))
  const best = documents.flatMap(({ id, title, body }) => {
    const scored = sentencesOf(body)
      .map((sentence) => ({
        sentence,
        score: wordsOf(`${title} ${sentence}`).filter((word) => wanted.has(word)).length,
      }))
      .sort((a, b) => b.score - a.score)
    const [top] = scored
    return top && top.score > 0 ? [{ id, title, sentence: top.sentence, score: top.score }] : []
  })
  return best.sort((a, b) => b.score - a.score || a.title.localeCompare(b.title)).slice(0, maxQuotes)
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const titleOf = ({ topic }: Brief): string => capitalised(topic.trim().replace(/[.?!]+$/, ''))

/** The topic inside of a sentence: small at its beginning, unless it begins with a name in capitals. */
const inSentence = (text: string): string =>
  /^\p{Lu}\p{Lu}/u.test(text) ? text : `${text.charAt(0).toLowerCase()}${text.slice(1)}`

/** What was filled in may stand at the beginning of a sentence. */
const sentences = (text: string): string =>
  text.replace(/(^|[.!?]\s+)(\p{Ll})/gu, (_match, before: string, first: string) => `${before}${first.toUpperCase()}`)

const fill = (template: string, brief: Brief, keyword: string): string =>
  sentences(
    template
      .replaceAll('{topic}', inSentence(brief.topic.trim().replace(/[.?!]+$/, '')))
      .replaceAll('{audience}', brief.audience.trim())
      .replaceAll('{keyword}', keyword),
  )

interface Section {
  heading: string
  paragraphs: string[]
}

function section(brief: Brief, passage: Passage, keyword: string, quote: Quote | undefined, short: boolean): Section {
  const paragraphs = passage.paragraphs.slice(0, short ? 1 : undefined).map((text) => fill(text, brief, keyword))
  if (quote) paragraphs.push(`${pick(transitions, quote.id)} *${quote.title}*: “${quote.sentence}”`)
  return { heading: capitalised(fill(passage.heading, brief, keyword)), paragraphs }
}

/** The section that a reviewer asked for, in their words. */
const answerSection = (subject: string, brief: Brief): Section => ({
  heading: capitalised(subject),
  paragraphs: [
    `Any discussion of ${brief.topic.toLowerCase()} that leaves out ${subject} is incomplete. For ${brief.audience}, ${subject} decides whether a plan survives its first surprise: it is what stands between a decision made on purpose and one made under pressure.`,
    `In practice that means three questions, asked early and answered in writing. How much is set aside for ${subject}, and who decides when it is used? What would have to happen before that answer changes? And which figure, looked at once a quarter, would tell us that we were wrong?`,
  ],
})

const markdownOf = (title: string, intro: string[], sections: Section[], outro: string[]): string =>
  [
    `# ${title}`,
    offlineNotice,
    ...intro,
    ...sections.flatMap(({ heading, paragraphs }) => [`## ${heading}`, ...paragraphs]),
    ...outro,
  ].join('\n\n')

/** The post as Markdown, and what it drew on. */
export function composePost(brief: Brief): string {
  const register = registerOf(brief.brandVoice)
  const notes = brief.revision ? readNotes(brief.revision.notes) : undefined
  const short = notes ? isShorter(notes) : false
  const seed = `${brief.topic}|${brief.audience}|${notes ? brief.revision?.notes : ''}`
  const quotes = quotesFor(brief)
  const keywords = brief.keywords.length > 0 ? brief.keywords : [brief.topic.toLowerCase()]
  const themes = passages[register]
  const count = short ? 2 : 3
  const offset = createHash('sha256').update(seed).digest().readUInt8(4)

  const body = Array.from({ length: count }, (_, index) => {
    const passage = themes[(offset + index) % themes.length] ?? pick(themes, seed)
    return section(brief, passage, keywords[index % keywords.length] ?? brief.topic, quotes[index], short)
  })
  const asked = notes ? askedSection(notes) : undefined
  const sections = asked ? [...body.slice(0, -1), answerSection(asked, brief), ...body.slice(-1)] : body
  const unused = keywords
    .slice(count)
    .filter((keyword) => !sections.some(({ paragraphs }) => paragraphs.join(' ').includes(keyword)))
  const intro = [fill(pick(openings[register], seed), brief, keywords[0] ?? brief.topic)]
  if (unused.length > 0 && !short)
    intro.push(`Along the way we come back to ${unused.join(', ')}, because each of them changes the answer.`)
  const outro = [
    `## ${register === 'warm' ? 'What to do this week' : 'Where this leaves us'}`,
    fill(pick(conclusions[register], seed), brief, keywords[0] ?? brief.topic),
    fill(pick(closings[register], seed), brief, keywords[0] ?? brief.topic),
  ]
  return markdownOf(titleOf(brief), intro, sections, outro)
}

/** The default provider: deterministic, and honest about it. */
export const createOfflineWriter = (): TextModel => ({
  provider: 'offline',
  model: null,
  async write({ brief, signal, onProgress }: WriteRequest) {
    signal?.throwIfAborted()
    const text = 'passages' in brief ? composeSummary(brief) : composePost(brief)
    onProgress?.(text.length)
    return { text, provider: 'offline', model: null }
  },
})
