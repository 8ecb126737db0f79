// Each column of a file: its heading, which the importer knows again, and what Postgres writes into it.
import type {
  CompanyExportColumn,
  ContactExportColumn,
  CustomFieldName,
  DealExportColumn,
  exportColumnsOf,
  ImportOptions,
} from '@throughline/contracts'
import { type Sql, sql } from '@throughline/db'

export interface ExportColumn {
  heading: string
  value: Sql
}

/** A field that a firm has made for itself. */
export interface OwnColumn {
  key: string
  label: string
  type: 'TEXT' | 'NUMBER' | 'DATE' | 'BOOLEAN' | 'CHOICE'
}

/**
 * What `neutralised` of the storage package does, in SQL: an apostrophe before text that a spreadsheet would run. The
 * first character is looked at before the pattern is: of a million cells nearly none begins like a formula.
 */
export const safe = (text: Sql): Sql => sql`case
  when ascii(${text}) in (9, 10, 13, 39, 43, 45, 61, 64, 65291, 65293, 65309, 65312)
    and ${text} ~ '^''*[-=+@\\t\\n\\r＝＋－＠]' and ${text} !~ '^-?[0-9]+(\\.[0-9]+)?$' then '''' || ${text} else ${text} end`

const datePatterns = { ymd: 'YYYY-MM-DD', dmy: 'DD.MM.YYYY', mdy: 'MM/DD/YYYY' } as const

interface Style {
  options: ImportOptions
  /** The firm's. */
  timezone: string
}

const number = (value: Sql, { options }: Style): Sql =>
  options.decimal === 'point' ? value : sql`replace(${value}::text, '.', ',')`
const day = (value: Sql, { options }: Style): Sql =>
  options.dateOrder === 'ymd' ? value : sql`to_char(${value}, ${datePatterns[options.dateOrder]})`
const moment = (value: Sql, { options, timezone }: Style): Sql =>
  sql`to_char(${value} at time zone ${timezone}, ${`${datePatterns[options.dateOrder]} HH24:MI`})`
const list = (values: Sql, mark: string): Sql => safe(sql`nullif(array_to_string(${values}, ${mark}), '')`)
const column = (heading: string, value: Sql): ExportColumn => ({ heading, value })

const owner = {
  ownerEmail: column('Owner email', safe(sql`o.email`)),
  ownerName: column('Owner name', safe(sql`o.name`)),
}
const company = {
  companyName: column('Company', safe(sql`co.name`)),
  companyDomain: column('Company domain', safe(sql`co.domain`)),
}

const dealColumns = (style: Style): Record<(typeof exportColumnsOf)['DEAL'][number], ExportColumn> => ({
  id: column('Id', sql`d.id`),
  title: column('Title', safe(sql`d.title`)),
  value: column('Value', number(sql`d.value`, style)),
  currency: column('Currency', sql`d.currency`),
  stage: column('Stage', sql`d.stage`),
  priority: column('Priority', sql`d.priority`),
  probability: column('Probability', sql`d.probability`),
  leadScore: column('Lead score', sql`d.lead_score`),
  leadSource: column('Lead source', safe(sql`d.lead_source`)),
  ...owner,
  ...company,
  contactName: column('Contact name', safe(sql`ct.name`)),
  contactEmail: column('Contact email', safe(sql`ct.email`)),
  people: column('People', safe(sql`pe.people`)),
  expectedCloseDate: column('Expected close date', day(sql`d.expected_close_date`, style)),
  stageEnteredAt: column('In stage since', moment(sql`d.stage_entered_at`, style)),
  closedAt: column('Closed', moment(sql`d.closed_at`, style)),
  lostReason: column('Lost reason', safe(sql`d.lost_reason`)),
  notes: column('Notes', safe(sql`d.notes`)),
  tags: column('Tags', list(sql`d.tags`, ', ')),
  createdAt: column('Created', moment(sql`d.created_at`, style)),
  updatedAt: column('Last changed', moment(sql`d.updated_at`, style)),
})

function customField({ key, label, type }: OwnColumn, style: Style): ExportColumn {
  const text = sql`(d.custom->>${key})`
  switch (type) {
    case 'NUMBER':
      return column(label, number(text, style))
    case 'DATE':
      return column(label, style.options.dateOrder === 'ymd' ? text : day(sql`${text}::date`, style))
    default:
      return column(label, safe(text))
  }
}

const isCustom = (name: DealExportColumn): name is CustomFieldName => name.startsWith('custom.')

/** Of a deal `d`, its owner `o`, company `co`, contact `ct` and people `pe`. A field that is gone has no column. */
export function columnsOfDeals(
  names: readonly DealExportColumn[],
  own: readonly OwnColumn[],
  style: Style,
): ExportColumn[] {
  const known = dealColumns(style)
  return names.flatMap((name) => {
    if (!isCustom(name)) return [known[name]]
    const field = own.find(({ key }) => name === `custom.${key}`)
    return field ? [customField(field, style)] : []
  })
}

/** Of a company `c` and its owner `o`. */
export function columnsOfCompanies(names: readonly CompanyExportColumn[], style: Style): ExportColumn[] {
  const known: Record<CompanyExportColumn, ExportColumn> = {
    id: column('Id', sql`c.id`),
    name: column('Name', safe(sql`c.name`)),
    domain: column('Domain', safe(sql`c.domain`)),
    industry: column('Industry', safe(sql`c.industry`)),
    size: column('Size', safe(sql`c.size`)),
    country: column('Country', sql`c.country`),
    ...owner,
    tags: column('Tags', list(sql`c.tags`, ', ')),
    createdAt: column('Created', moment(sql`c.created_at`, style)),
  }
  return names.map((name) => known[name])
}

/** Of a contact `c`, its company `co` and its owner `o`. */
export function columnsOfContacts(names: readonly ContactExportColumn[], style: Style): ExportColumn[] {
  const known: Record<ContactExportColumn, ExportColumn> = {
    id: column('Id', sql`c.id`),
    name: column('Name', safe(sql`c.name`)),
    email: column('Email', safe(sql`c.email`)),
    otherEmails: column('Other emails', list(sql`c.other_emails`, ', ')),
    phones: column('Phones', list(sql`c.phones`, '; ')),
    jobTitle: column('Job title', safe(sql`c.title`)),
    source: column('Source', safe(sql`c.source`)),
    consent: column('Consent', sql`c.consent`),
    ...company,
    ...owner,
    tags: column('Tags', list(sql`c.tags`, ', ')),
    createdAt: column('Created', moment(sql`c.created_at`, style)),
  }
  return names.map((name) => known[name])
}

export type { Style }
