// Cells that hold more than one thing, or one of a firm's own fields.

import { CellError, currencySign, grouped, parseDate, plain, quoted, refuse } from '@throughline/cells'
import { type ImportOptions, tag } from '@throughline/contracts'
import { lookup, parseEmail, parseText } from './import-values.rules.ts'

/** Per cent, 0 to 100, as a whole number; 0 is 0. @throws CellError */
export function parsePercent(cell: string): number {
  const [, digits] = /^(\d{1,3})(?:[.,]0+)?\s*%?$/.exec(cell.trim()) ?? []
  const percent = Number(digits ?? -1)
  return percent >= 0 && percent <= 100 ? percent : refuse(`Probability ${quoted(cell)} is not 0 to 100 per cent.`)
}

const parts = (cell: string, marks: RegExp): string[] => [
  ...new Set(
    cell
      .split(marks)
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  ),
]
const atMost = <T>(items: T[], max: number, what: string): T[] =>
  items.length <= max ? items : refuse(`There are ${items.length} ${what}; ${max} are possible.`)

/** In lower case, each once. @throws CellError */
export const parseTags = (cell: string): string[] =>
  atMost(
    [
      ...new Set(
        parts(cell, /[,;\n]/).map((part) => tag.safeParse(part).data ?? refuse(`Tag ${quoted(part)} is too long.`)),
      ),
    ],
    30,
    'tags',
  )

/** @throws CellError */
export const parseEmails = (cell: string): string[] => atMost(parts(cell, /[,;\s]/).map(parseEmail), 20, 'e-mails')

/** As they are written: nobody knows all the ways. @throws CellError */
export const parsePhones = (cell: string): string[] =>
  atMost(
    parts(cell, /[;\n]/).map((part) => parseText(part, 'Phone', 60)),
    20,
    'phone numbers',
  )

const consents = lookup(['UNKNOWN', 'GIVEN', 'WITHDRAWN'], {
  UNKNOWN: 'unknown, unbekannt, onbekend, inconnu, desconocido',
  GIVEN: 'given, yes, true, opted in, subscribed, ja, oui, si, 1',
  WITHDRAWN: 'withdrawn, no, false, opted out, unsubscribed, nein, nee, non, 0',
})
/** @throws CellError */
export const parseConsent = (cell: string): 'UNKNOWN' | 'GIVEN' | 'WITHDRAWN' =>
  consents.get(plain(cell)) ?? refuse(`Consent ${quoted(cell)} is not given, withdrawn or unknown.`)

const bands = [
  [10, '1-10'],
  [50, '11-50'],
  [200, '51-200'],
  [500, '201-500'],
  [1000, '501-1000'],
  [5000, '1001-5000'],
  [Number.POSITIVE_INFINITY, '5001+'],
] as const
/** The band that a number of people, or somebody else's band, ends in. @throws CellError */
export function parseSize(cell: string): string {
  const text = cell.trim().replace(/(?<=\d)[.,' ](?=\d{3})/g, '')
  const [, from, to] = /^(\d{1,9})(?:\s*(?:-|–|to)\s*(\d{1,9}))?\s*\+?$/.exec(text) ?? []
  if (from === undefined) return refuse(`Size ${quoted(cell)} is not a number of people.`)
  const people = Number(to ?? (text.endsWith('+') ? Number(from) + 1 : from))
  return bands.find(([most]) => people <= most)?.[1] ?? '5001+'
}

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const countries: ReadonlyMap<string, string> = new Map(
  ['en', 'de', 'fr', 'nl', 'es'].flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    return alphabet.flatMap((a) =>
      alphabet.flatMap((b) => {
        const name = names.of(a + b)
        return name ? [[plain(name), a + b] as const, [plain(a + b), a + b] as const] : []
      }),
    )
  }),
)
/** ISO 3166-1 alpha-2, also from a country's name. @throws CellError */
export const parseCountry = (cell: string): string =>
  countries.get(plain(cell)) ?? refuse(`Country ${quoted(cell)} is not known.`)

export interface NamedPerson {
  name: string | null
  email: string | null
  role: string
}

const person =
  /\s*(?:"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^";<>()]*?))\s*(?:<(?<email>[^<>\s]+)>)?\s*(?:\((?<role>(?:[^()\\]|\\.)*)\))?\s*(?:;|$)/y
const unescaped = (text: string): string => text.replace(/\\(.)/gs, '$1')

/** `"Jane Doe" <jane@acme.com> (champion); Bob (lawyer)`, as the export writes it. @throws CellError */
export function parsePeople(cell: string): NamedPerson[] {
  const found: NamedPerson[] = []
  person.lastIndex = 0
  while (person.lastIndex < cell.length) {
    const groups = person.exec(cell)?.groups
    if (!groups) return refuse(`People ${quoted(cell)} are not written like Jane Doe <jane@acme.com> (champion); …`)
    const bare = groups.bare?.trim() ?? ''
    const email = groups.email ?? (bare.includes('@') ? bare : undefined)
    const name = groups.quoted === undefined ? (bare === email ? '' : bare) : unescaped(groups.quoted)
    if (name === '' && email === undefined) continue
    found.push({
      name: name === '' ? null : parseText(name, 'Name', 200),
      email: email === undefined ? null : parseEmail(email),
      role: parseText(unescaped(groups.role ?? ''), 'Role', 60) || 'contact',
    })
  }
  return atMost(found, 20, 'people')
}

/** A field that a firm has made for itself. */
export interface CustomFieldRule {
  key: string
  label: string
  type: 'TEXT' | 'NUMBER' | 'DATE' | 'BOOLEAN' | 'CHOICE'
  options: readonly string[]
}

const booleans = lookup(['true', 'false'], {
  true: 'yes, y, ja, j, oui, si, 1, x, wahr, vrai',
  false: 'no, n, nein, nee, non, 0, falsch, faux',
})

function parseNumber(cell: string, decimal: ImportOptions['decimal'], label: string): number {
  const text = cell.trim().replace(currencySign, '').replace(/%$/, '').trim()
  const [sign, digits] = text.startsWith('-') ? ['-', text.slice(1)] : ['', text]
  if (!grouped[decimal].test(digits))
    return refuse(`${label} ${quoted(cell)} is not a number in the style of this file.`)
  const point = decimal === 'comma' ? ',' : '.'
  const [whole = '', fraction] = digits.split(point)
  return Number(`${sign}${whole.replace(/\D/g, '')}${fraction === undefined ? '' : `.${fraction}`}`)
}

/** The value of one of a firm's own fields. @throws CellError */
export function parseCustom(cell: string, field: CustomFieldRule, options: ImportOptions): string | number | boolean {
  const { label, type } = field
  switch (type) {
    case 'TEXT':
      return parseText(cell, label, 1000)
    case 'NUMBER':
      return parseNumber(cell, options.decimal, label)
    case 'DATE':
      return parseDate(cell, options.dateOrder)
    case 'BOOLEAN': {
      const answer = booleans.get(plain(cell))
      if (answer === undefined) throw new CellError(`${label} ${quoted(cell)} is neither yes nor no.`)
      return answer === 'true'
    }
    case 'CHOICE':
      return (
        field.options.find((option) => option === cell.trim()) ??
        field.options.find((option) => plain(option) === plain(cell)) ??
        refuse(`${label} ${quoted(cell)} is none of ${field.options.join(', ')}.`)
      )
  }
}
