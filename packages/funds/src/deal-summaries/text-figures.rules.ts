// Amounts, percentages and dates as they are written in prose, and whether one text says what another does.
import { Decimal } from 'decimal.js'

interface Figure {
  /** As it stands in the text. */
  text: string
  /** What it may mean: `1.234` is read in two ways. A date is YYYY-MM-DD, or YYYY-MM where no day is said. */
  readings: readonly string[]
  kind: 'date' | 'number' | 'percent'
  currency: string | undefined
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month =
  '(Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)'
const monthOf = (name: string): number => months.indexOf(name.slice(0, 3).toLowerCase()) + 1

/** @returns nothing for what is no day of the calendar */
function dayOf(year: number, monthNumber: number, day: number): string[] {
  const date = new Date(Date.UTC(year, monthNumber - 1, day))
  const isReal = date.getUTCMonth() === monthNumber - 1 && date.getUTCDate() === day
  return isReal ? [date.toISOString().slice(0, 10)] : []
}

type Groups = readonly (string | undefined)[]
const part = (groups: Groups, index: number): string => groups[index] ?? ''
const datePatterns: readonly { pattern: RegExp; read(groups: Groups): string[] }[] = [
  {
    pattern: /\b(\d{4})-(\d{2})-(\d{2})\b/g,
    read: (at) => dayOf(Number(at[1]), Number(at[2]), Number(at[3])),
  },
  {
    pattern: new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\.? (?:of )?${month}\\.?,? (\\d{4})\\b`, 'gi'),
    read: (at) => dayOf(Number(at[3]), monthOf(part(at, 2)), Number(at[1])),
  },
  {
    pattern: new RegExp(`\\b${month}\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})\\b`, 'gi'),
    read: (at) => dayOf(Number(at[3]), monthOf(part(at, 1)), Number(at[2])),
  },
  {
    // Europe writes the day first, America the month: where both could be, either counts.
    pattern: /\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b/g,
    read: (at) => [
      ...dayOf(Number(at[3]), Number(at[2]), Number(at[1])),
      ...dayOf(Number(at[3]), Number(at[1]), Number(at[2])),
    ],
  },
  {
    pattern: new RegExp(`\\b${month}\\.?,? (\\d{4})\\b`, 'gi'),
    read: (at) => [`${part(at, 2)}-${String(monthOf(part(at, 1))).padStart(2, '0')}`],
  },
]

const currencies: Readonly<Record<string, string>> = { '€': 'EUR', $: 'USD', '£': 'GBP', '¥': 'JPY' }
const currency = '(?:EUR|USD|GBP|CHF|JPY|SEK|NOK|DKK|PLN|CAD|AUD|[€$£¥])'
const grouped = "\\d{1,3}(?:[ \\u00a0\\u202f'’]\\d{3})+(?!\\d)(?:[.,]\\d+)?"
const scales: readonly (readonly [RegExp, string])[] = [
  [/^(?:k|thousand|tsd)$/i, '1000'],
  [/^(?:m|mn|mio|millions?)$/i, '1000000'],
  [/^(?:bn|billions?|mrd)$/i, '1000000000'],
  [/^(?:tn|trillions?)$/i, '1000000000000'],
]
const numberPattern = new RegExp(
  `(?:(${currency}) ?)?(?<!\\p{N}|\\p{N}[.,])(?:(?<=${currency} ?)|(?<!\\p{L}))(${grouped}|\\d+(?:[.,]\\d+)*)` +
    `(?: ?(k|thousand|tsd|mn|mio|millions?|m|billions?|bn|mrd|trillions?|tn)(?!\\p{L}))?` +
    `(?: ?(%|per ?cent|pct|percentage points?)(?!\\p{L}))?(?: ?(${currency})(?!\\p{L}))?`,
  'giu',
)

/** Of more digits than that only the text is compared: no amount has them. */
const maxDigits = 30

/** A dot or a comma groups thousands, or begins the cents; before three digits it may be either. */
function readingsOf(written: string): string[] {
  const digits = written.replace(/[ \u00a0\u202f'’]/g, '')
  const marks = digits.match(/[.,]/g) ?? []
  const plain = digits.replace(/[.,]/g, '')
  const lastMark = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','))
  const decimal = `${digits.slice(0, lastMark).replace(/[.,]/g, '')}.${digits.slice(lastMark + 1)}`
  if (marks.length === 0) return [digits]
  if (new Set(marks).size > 1) return [decimal]
  if (marks.length > 1) return [plain]
  return /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits) ? [plain, decimal] : [decimal]
}

const scaled = (reading: string, scale: string): string =>
  reading.length > maxDigits ? reading : new Decimal(reading).times(scale).toFixed()

function numberFigure(groups: Groups): Figure {
  const [text = '', before, digits = '', scaleWord = '', percent, after] = groups
  const scale = scales.find(([word]) => word.test(scaleWord))?.[1] ?? '1'
  const sign = (before ?? after)?.toUpperCase()
  return {
    text: text.trim(),
    readings: readingsOf(digits).map((reading) => scaled(reading, scale)),
    kind: percent ? 'percent' : 'number',
    currency: sign && (currencies[sign] ?? sign),
  }
}

const numbersIn = (text: string): Figure[] => [...text.matchAll(numberPattern)].map(numberFigure)

/** Dates, and the text with blanks where they stand. */
function datesIn(text: string): { dates: Figure[]; rest: string } {
  const dates: Figure[] = []
  let rest = text
  for (const { pattern, read } of datePatterns)
    rest = rest.replace(pattern, (...match) => {
      const written = String(match[0])
      const readings = read(match.map((each) => (typeof each === 'string' ? each : undefined)))
      if (readings.length === 0) return written
      dates.push({ text: written, readings, kind: 'date', currency: undefined })
      return ' '.repeat(written.length)
    })
  return { dates, rest }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

function figuresIn(text: string): Figure[] {
  const { dates, rest } = datesIn(oneLine(text))
  return [...dates, ...numbersIn(rest)]
}

/** All that a passage can be read to say: a number inside of a date as well. */
function factsIn(text: string): Figure[] {
  const flat = oneLine(text)
  const { dates, rest } = datesIn(flat)
  return [...dates, ...numbersIn(rest), ...numbersIn(flat)]
}

function says(fact: Figure, figure: Figure): boolean {
  // A year or a month is said by each of its days.
  if (fact.kind === 'date' && figure.kind !== 'percent' && !figure.currency)
    return figure.readings.some((reading) =>
      fact.readings.some((day) => day === reading || day.startsWith(`${reading}-`)),
    )
  if (fact.kind !== figure.kind) return false
  if (fact.currency && figure.currency && fact.currency !== figure.currency) return false
  return figure.readings.some((reading) => fact.readings.includes(reading))
}

/**
 * The figures of a sentence that none of the passages has, as they are written in the sentence. Numbers in words and signs
 * are not looked at.
 */
export function missingFigures(sentence: string, passages: readonly string[]): string[] {
  const facts = passages.flatMap(factsIn)
  const missing = figuresIn(sentence).filter((figure) => !facts.some((fact) => says(fact, figure)))
  return [...new Set(missing.map(({ text }) => text))]
}
