// What one cell says. A cell that can be read in two ways is refused with a reason, never guessed.
import {
  type DealPriority,
  type DealStage,
  dealPriorities,
  dealStages,
  type ImportOptions,
} from '@throughline/contracts'
import * as z from 'zod'
import { namesIn, plain } from './import-headers.rules.ts'

/** Why a cell cannot be taken, in words for the person who sent the file. */
export class CellError extends Error {}

export const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 57)}...` : text}"`
export const refuse = (message: string): never => {
  throw new CellError(message)
}

export const currencySign = /^(?:[A-Z]{3}|US\$|\$|€|£|¥)\s*|\s*(?:[A-Z]{3}|\$|€|£|¥|kr)$/g
export const grouped = {
  point: /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d{1,3}(?:[' \u00a0\u202f’]\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$/,
  comma: /^\d{1,3}(?:\.\d{3})+(?:,\d+)?$|^\d{1,3}(?:[' \u00a0\u202f’]\d{3})+(?:,\d+)?$|^\d+(?:,\d+)?$/,
} as const
/** numeric(18,2). */
const maxWholeDigits = 16

/** An amount as `1250.00`. @throws CellError for brackets, exponents, signs and anything but the file's own style */
export function parseMoney(cell: string, decimal: ImportOptions['decimal']): string {
  const text = cell.trim().replace(currencySign, '')
  if (/^\(.*\)$/.test(text))
    return refuse(`Amount ${quoted(cell)}: write negative amounts with a minus, not in brackets.`)
  if (/^[+-]?[\d.,]+e[+-]?\d+$/i.test(text))
    return refuse(`Amount ${quoted(cell)} is in scientific notation: digits may have been lost. Write it out.`)
  if (/^-/.test(text) && grouped[decimal].test(text.slice(1)))
    return refuse(`Amount ${quoted(cell)}: a deal cannot have a negative value.`)
  if (!grouped[decimal].test(text)) {
    const wanted = decimal === 'comma' ? 'like 1.250,00' : 'like 1,250.00'
    return refuse(`Amount ${quoted(cell)} is not a number ${wanted}, which is the style of this file.`)
  }
  const point = decimal === 'comma' ? ',' : '.'
  const [whole = '', cents = ''] = text.split(point)
  const digits = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '')
  // `1.250` would be 1.25 here and 1250 to whoever groups by points: what can be read in two ways is not read at all.
  if (cents.length === 3 || /[1-9]/.test(cents.slice(2)))
    return refuse(`Amount ${quoted(cell)} has more than two decimals.`)
  if (digits.length > maxWholeDigits) return refuse(`Amount ${quoted(cell)} is too large.`)
  return `${digits}.${cents.slice(0, 2).padEnd(2, '0')}`
}

const isoDate = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?$/
const orderedDate = {
  ymd: /^(?<y>\d{4})[./](?<m>\d{1,2})[./](?<d>\d{1,2})\.?(?: \d{1,2}:\d{2}.*)?$/,
  dmy: /^(?<d>\d{1,2})[./-](?<m>\d{1,2})[./-](?<y>\d{4})(?:,? \d{1,2}:\d{2}.*)?$/,
  mdy: /^(?<m>\d{1,2})[./-](?<d>\d{1,2})[./-](?<y>\d{4})(?:,? \d{1,2}:\d{2}.*)?$/,
} as const
const orderWords = { ymd: 'year/month/day', dmy: 'day/month/year', mdy: 'month/day/year' } as const

function calendarDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return exists && year >= 1900 ? date.toISOString().slice(0, 10) : undefined
}

/** A day as YYYY-MM-DD; ISO dates are always understood, others in the order of the file. @throws CellError */
export function parseDate(cell: string, dateOrder: ImportOptions['dateOrder']): string {
  const text = cell.trim()
  const [, year, month, day] = isoDate.exec(text) ?? []
  const { y, m, d } = year ? { y: year, m: month, d: day } : (orderedDate[dateOrder].exec(text)?.groups ?? {})
  if (y === undefined) return refuse(`Date ${quoted(cell)} is not ${orderWords[dateOrder]} with a four-digit year.`)
  return (
    calendarDate(Number(y), Number(m), Number(d)) ??
    refuse(`Date ${quoted(cell)} does not exist as ${orderWords[dateOrder]}.`)
  )
}

const stageNames: Readonly<Record<DealStage, string>> = {
  LEAD: `
    lead, new, open, prospect, prospecting, new lead, lead in, inquiry, appointment scheduled,
    appointmentscheduled, neu, interessent, offen, nieuw, nouveau, piste, nuevo, potencial`,
  QUALIFIED: `
    qualified, qualification, qualified to buy, qualifiedtobuy, contact made, contacted, discovery,
    needs analysis, needs defined, demo scheduled, presentation scheduled, presentationscheduled, meeting,
    id decision makers, qualifiziert, gekwalificeerd, qualifie, cualificado, calificado`,
  NEGOTIATION: `
    negotiation, negotiating, negotiation review, negotiations started, proposal, proposal made,
    proposal sent, proposal price quote, quote, quote sent, value proposition, perception analysis,
    decision maker bought in, decisionmakerboughtin, contract sent, contractsent, verhandlung, angebot,
    onderhandeling, offerte, negociation, proposition, negociacion, propuesta`,
  CLOSED_WON: `
    closed won, closedwon, won, win, signed, gewonnen, abgeschlossen, gagne, gagnee, ganado, ganada,
    cerrado ganado`,
  CLOSED_LOST: 'closed lost, closedlost, lost, loss, verloren, perdu, perdue, perdido, perdida, cerrado perdido',
}
const priorityNames: Readonly<Record<DealPriority, string>> = {
  LOW: 'low, niedrig, gering, laag, basse, faible, baja, cold',
  MEDIUM: 'medium, normal, mittel, gemiddeld, normaal, moyenne, moyen, media, warm',
  HIGH: 'high, hoch, hoog, haute, elevee, alta, hot',
  URGENT: 'urgent, critical, dringend, kritisch, urgente, critique, critica',
}

/** The key itself counts as one of its names: `CLOSED_WON`. */
export const lookup = <K extends string>(
  keys: readonly K[],
  names: Readonly<Record<K, string>>,
): ReadonlyMap<string, K> =>
  new Map(keys.flatMap((key) => [plain(key), ...namesIn(names[key])].map((name) => [name, key] as const)))
const stages = lookup(dealStages, stageNames)
const priorities = lookup(dealPriorities, priorityNames)

/** @throws CellError for a stage that nobody knows */
export const parseStage = (cell: string): DealStage =>
  stages.get(plain(cell)) ?? refuse(`Stage ${quoted(cell)} is not known.`)

/** @throws CellError */
export const parsePriority = (cell: string): DealPriority =>
  priorities.get(plain(cell)) ?? refuse(`Priority ${quoted(cell)} is not known.`)

const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))
const currencySigns: ReadonlyMap<string, string> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['US$', 'USD'],
])

/** ISO 4217. `$` alone is refused: a dozen countries use it. @throws CellError */
export function parseCurrency(cell: string): string {
  const code = currencySigns.get(cell.trim()) ?? cell.trim().toUpperCase()
  return currencyCodes.has(code) ? code : refuse(`Currency ${quoted(cell)} is not a code like EUR.`)
}

const email = z.email().max(254)
/** In lower case. @throws CellError */
export function parseEmail(cell: string): string {
  const text = cell
    .trim()
    .replace(/^mailto:/i, '')
    .toLowerCase()
  return email.safeParse(text).success ? text : refuse(`E-mail ${quoted(cell)} is not an address.`)
}

/** Lower case, without scheme, www, port or path. @throws CellError */
export function parseDomain(cell: string): string {
  const text = cell
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/:?#].*$/, '')
  return /^[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(text) && text.length <= 253
    ? text
    : refuse(`Domain ${quoted(cell)} is not one like acme.com.`)
}

/** Text as it is, without blanks around it. @throws CellError over `max` characters */
export function parseText(cell: string, name: string, max: number): string {
  const text = cell.trim()
  return text.length <= max ? text : refuse(`${name} has ${text.length} characters; ${max} are possible.`)
}

/** `Jane Doe <jane@acme.com>` and `Jane Doe (jane@acme.com)`, as HubSpot writes associated contacts. */
export function splitContact(cell: string): { name: string; email?: string } {
  const [, name, address] = /^(.*?)\s*[<(]([^\s<>()]+@[^\s<>()]+)[>)]$/.exec(cell.trim()) ?? []
  return address ? { name: name ?? '', email: address } : { name: cell.trim() }
}
