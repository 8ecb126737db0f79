// One row of a file -> one deal to be, or the reason why not.
import { createHash } from 'node:crypto'
import type { DealPriority, DealStage, ImportField, ImportOptions } from '@throughline/contracts'
import { leadScore } from '../lead-score.ts'
import {
  CellError,
  parseCurrency,
  parseDate,
  parseDomain,
  parseEmail,
  parseLine,
  parseMoney,
  parsePriority,
  parseStage,
  splitContact,
} from './import-values.rules.ts'

/** Null: the file says nothing about it, so a deal that exists keeps what it has. */
export interface ImportedDeal {
  importKey: string
  title: string
  value: string | null
  currency: string | null
  stage: DealStage | null
  priority: DealPriority | null
  leadSource: string | null
  leadScore: number
  ownerId: string | null
  companyName: string | null
  companyDomain: string | null
  contactName: string | null
  contactEmail: string | null
  expectedCloseDate: string | null
  notes: string | null
}

export interface RowRules {
  mapping: readonly (ImportField | null)[]
  options: ImportOptions
  /** Members by e-mail, in lower case. */
  ownerIds: ReadonlyMap<string, string>
}

export type CheckedRow = { deal: ImportedDeal } | { reasons: string[] }

/** In bytes of UTF-8. */
const maxCellBytes = 32 * 1024

type Cells = Partial<Record<ImportField, string>>

function cellsByField(cells: readonly string[], mapping: RowRules['mapping']): Cells {
  const named: Cells = {}
  mapping.forEach((field, column) => {
    const cell = cells[column]?.trim() ?? ''
    if (field && cell !== '') named[field] = cell
  })
  return named
}

/** Reads each cell, and notes every reason to refuse the row rather than only the first. */
function reader(cells: Cells, reasons: string[]) {
  return <T>(field: ImportField, parse: (cell: string) => T): T | null => {
    const cell = cells[field]
    if (cell === undefined) return null
    try {
      return parse(cell)
    } catch (error) {
      if (!(error instanceof CellError)) throw error
      reasons.push(error.message)
      return null
    }
  }
}

/** The file's own id where it has one; else what tells two deals apart: title, company and contact. */
function importKeyOf(externalId: string | null, identity: readonly (string | null)[]): string {
  if (externalId !== null) return `id:${externalId}`
  const text = JSON.stringify(identity.map((part) => part?.normalize('NFC').toLowerCase() ?? null))
  return `row:${createHash('sha256').update(text).digest('base64url')}`
}

function readDeal(cells: Cells, { options, ownerIds }: RowRules, reasons: string[]): ImportedDeal {
  const read = reader(cells, reasons)
  const text = (field: ImportField, name: string, max: number) => read(field, (cell) => parseLine(cell, name, max))
  const contact = cells.contactName === undefined ? undefined : splitContact(cells.contactName)
  const contactEmail =
    read('contactEmail', parseEmail) ?? read('contactName', () => (contact?.email ? parseEmail(contact.email) : null))
  const named = read('contactName', () => (contact?.name ? parseLine(contact.name, 'Contact', 200) : null))
  const companyDomain = read('companyDomain', parseDomain)
  const title = text('title', 'Title', 200)
  if (cells.title === undefined) reasons.push('The title is missing.')
  const deal = {
    title: title ?? '',
    value: read('value', (cell) => parseMoney(cell, options.decimal)),
    currency: read('currency', parseCurrency),
    stage: read('stage', parseStage),
    priority: read('priority', parsePriority),
    leadSource: text('leadSource', 'Source', 80),
    ownerId: read('ownerEmail', (cell) => {
      const ownerId = ownerIds.get(cell.trim().toLowerCase())
      if (!ownerId) throw new CellError(`Owner "${cell.slice(0, 100)}" is not the e-mail of a member.`)
      return ownerId
    }),
    companyName: text('companyName', 'Company', 200) ?? companyDomain,
    companyDomain,
    contactName: named ?? contactEmail,
    contactEmail,
    expectedCloseDate: read('expectedCloseDate', (cell) => parseDate(cell, options.dateOrder)),
    notes: read('notes', (cell) => {
      if (cell.length > 10_000) throw new CellError(`Notes have ${cell.length} characters; 10000 are possible.`)
      return cell
    }),
  }
  const company = deal.companyDomain ?? deal.companyName
  const importKey = importKeyOf(text('externalId', 'Id', 200), [deal.title, company, contactEmail ?? deal.contactName])
  const score = leadScore({
    ...deal,
    value: deal.value ?? '0.00',
    priority: deal.priority ?? 'MEDIUM',
    hasCompany: company !== null,
    hasContact: deal.contactName !== null,
  })
  return { ...deal, importKey, leadScore: score }
}

/** Checks one row. All reasons against it come back together. */
export function checkRow(cells: readonly string[], rules: RowRules): CheckedRow {
  if (cells.length !== rules.mapping.length)
    return { reasons: [`The row has ${cells.length} columns, the header has ${rules.mapping.length}.`] }
  if (cells.some((cell) => cell.length > maxCellBytes / 4 && Buffer.byteLength(cell) > maxCellBytes))
    return { reasons: ['A cell is larger than 32 KB.'] }
  const reasons: string[] = []
  const deal = readDeal(cellsByField(cells, rules.mapping), rules, reasons)
  return reasons.length > 0 ? { reasons } : { deal }
}
