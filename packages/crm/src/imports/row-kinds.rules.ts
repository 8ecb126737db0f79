// One row of a file -> one record to be. Null: the file says nothing about it, so a record that exists keeps what it has.
import { createHash } from 'node:crypto'
import { parseCurrency, parseDate, parseMoney } from '@throughline/cells'
import { parseDomain, parseEmail, parsePriority, parseStage, parseText, splitContact } from './import-values.rules.ts'
import {
  parseConsent,
  parseCountry,
  parseCustom,
  parseEmails,
  parsePeople,
  parsePercent,
  parsePhones,
  parseSize,
  parseTags,
} from './more-values.rules.ts'
import { identityOf, type RowReader, type RowRules } from './row-reader.rules.ts'

/** What goes into a column of the staging table. */
export type StagedValue = string | number | readonly string[] | null
export type StagedRow = Readonly<Record<string, StagedValue>>

/** The company that a row belongs to; found by its domain, else by its name. */
function readCompany(reader: RowReader) {
  const domain = reader.read('companyDomain', parseDomain)
  return { company_name: reader.text('companyName', 'Company', 200) ?? domain, company_domain: domain }
}

/** Without an id of the file, this tells two deals apart: title, company and contact. */
function dealKey(identity: readonly (string | null)[]): string {
  const text = JSON.stringify(identity.map((part) => part?.normalize('NFC').toLowerCase() ?? null))
  return `row:${createHash('sha256').update(text).digest('base64url')}`
}

/** A column of addresses makes it plain that the one of names holds names; without one, `Jane <jane@acme.com>` is both. */
const splitterFor = (rules: RowRules, address: 'contactEmail' | 'email') => (cell: string) =>
  rules.mapping.includes(address) ? { name: cell, email: undefined } : splitContact(cell)

function readContact(reader: RowReader, rules: RowRules) {
  const split = reader.read('contactName', splitterFor(rules, 'contactEmail'))
  const email =
    reader.read('contactEmail', parseEmail) ??
    reader.read('contactName', () => (split?.email ? parseEmail(split.email) : null))
  const name = reader.read('contactName', () => (split?.name ? parseText(split.name, 'Contact', 200) : null))
  return { contact_name: name ?? email, contact_email: email }
}

/** The firm's own fields as JSON; null when the row says nothing about them. */
function readCustom(reader: RowReader, { customFields, options }: RowRules): string | null {
  const values = customFields.flatMap((field) => {
    const value = reader.read(`custom.${field.key}`, (cell) => parseCustom(cell, field, options))
    return value === null ? [] : [[field.key, value] as const]
  })
  return values.length === 0 ? null : JSON.stringify(Object.fromEntries(values))
}

const jsonOf = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

export function readDeal(reader: RowReader, rules: RowRules): StagedRow {
  const { options } = rules
  const { importKey, recordId } = identityOf(reader)
  const title = reader.text('title', 'Title', 200)
  if (!reader.has('title')) reader.reasons.push('The title is missing.')
  const company = readCompany(reader)
  const contact = readContact(reader, rules)
  const whose = [title, company.company_domain ?? company.company_name, contact.contact_email ?? contact.contact_name]
  return {
    import_key: importKey ?? dealKey(whose),
    record_id: recordId,
    title: title ?? '',
    value: reader.read('value', (cell) => parseMoney(cell, options.decimal)),
    currency: reader.read('currency', parseCurrency),
    stage: reader.read('stage', parseStage),
    priority: reader.read('priority', parsePriority),
    probability: reader.read('probability', parsePercent),
    lead_source: reader.text('leadSource', 'Source', 80),
    owner_id: reader.owner(rules.ownerIds),
    ...company,
    ...contact,
    people: jsonOf(reader.read('people', parsePeople)),
    expected_close_date: reader.read('expectedCloseDate', (cell) => parseDate(cell, options.dateOrder)),
    lost_reason: reader.text('lostReason', 'Lost reason', 500),
    notes: reader.text('notes', 'Notes', 10_000),
    tags: reader.read('tags', parseTags),
    custom: readCustom(reader, rules),
  }
}

export function readCompanyRow(reader: RowReader, rules: RowRules): StagedRow {
  const { importKey, recordId } = identityOf(reader)
  const domain = reader.read('domain', parseDomain)
  const name = reader.text('name', 'Name', 200)
  if (!reader.has('name') && !reader.has('domain')) reader.reasons.push('Name and domain are missing.')
  return {
    import_key: importKey,
    record_id: recordId,
    name,
    domain,
    industry: reader.text('industry', 'Industry', 120),
    size: reader.read('size', parseSize),
    country: reader.read('country', parseCountry),
    owner_id: reader.owner(rules.ownerIds),
    tags: reader.read('tags', parseTags),
  }
}

export function readContactRow(reader: RowReader, rules: RowRules): StagedRow {
  const { importKey, recordId } = identityOf(reader)
  const split = reader.read('name', splitterFor(rules, 'email'))
  const email =
    reader.read('email', parseEmail) ?? reader.read('name', () => (split?.email ? parseEmail(split.email) : null))
  const name = reader.read('name', () => (split?.name ? parseText(split.name, 'Name', 200) : null))
  if (!reader.has('name') && !reader.has('email')) reader.reasons.push('Name and e-mail are missing.')
  return {
    import_key: importKey,
    record_id: recordId,
    name,
    email,
    other_emails: reader.read('otherEmails', parseEmails),
    phones: reader.read('phones', parsePhones),
    title: reader.text('jobTitle', 'Job title', 200),
    source: reader.text('source', 'Source', 80),
    consent: reader.read('consent', parseConsent),
    owner_id: reader.owner(rules.ownerIds),
    tags: reader.read('tags', parseTags),
    ...readCompany(reader),
  }
}
