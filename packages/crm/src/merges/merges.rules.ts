// What becomes of two records that are merged. Pure. Rows are as Postgres writes them in JSON, numerics as text.
import type { MergeKind, MergePreview } from '@throughline/contracts'
import { Decimal } from 'decimal.js'
import { distinctPhones, orderedEmails } from '../contacts/index.ts'

/** A row by the names of its columns, with `owner`, `company` and `contact` in words. */
export type Row = Readonly<Record<string, unknown>>

interface Field {
  /** Its name in the API. */
  field: string
  column: string
  /** Columns that make sense only together with it. */
  along?: readonly string[]
  /** The column in words, where it is an id. */
  words?: string
  /** `fill`: the kept one's, and where it has nothing the other's. `both`: lists are joined. `keep`: never the other's. */
  how: 'fill' | 'both' | 'keep'
}

const fill = (field: string, column = field, more: Pick<Field, 'along' | 'words'> = {}): Field => ({
  field,
  column,
  how: 'fill',
  ...more,
})
const owner = fill('owner', 'owner_id', { words: 'owner' })
const company = fill('company', 'company_id', { words: 'company' })
const tags: Field = { field: 'tags', column: 'tags', how: 'both' }

const fieldsOf: Readonly<Record<MergeKind, readonly Field[]>> = {
  company: [fill('name'), fill('domain'), fill('industry'), fill('size'), fill('country'), owner, tags],
  contact: [
    fill('name'),
    fill('email'),
    { field: 'otherEmails', column: 'other_emails', how: 'both' },
    { field: 'phones', column: 'phones', how: 'both' },
    fill('title'),
    company,
    { field: 'consent', column: 'consent', along: ['consent_at'], how: 'keep' },
    fill('source'),
    owner,
    tags,
  ],
  deal: [
    fill('title'),
    fill('value', 'value', { along: ['currency'] }),
    { field: 'stage', column: 'stage', how: 'keep' },
    fill('priority'),
    fill('probability'),
    fill('leadSource', 'lead_source'),
    company,
    fill('contact', 'contact_id', { words: 'contact' }),
    fill('expectedCloseDate', 'expected_close_date'),
    { field: 'notes', column: 'notes', how: 'both' },
    owner,
    tags,
  ],
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const strings = (value: unknown): string[] => listOf(value).filter((item) => typeof item === 'string')

const isZero = (value: unknown): boolean => typeof value === 'string' && /^0+(\.0+)?$/.test(value)
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || isZero(value) || (Array.isArray(value) && value.length === 0)
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

function joined(kept: unknown, merged: unknown): unknown {
  if (Array.isArray(kept) || Array.isArray(merged)) return [...new Set([...listOf(kept), ...listOf(merged)])]
  if (isEmpty(kept) || isEmpty(merged) || isSame(kept, merged)) return isEmpty(kept) ? merged : kept
  return `${textOf(kept)}\n\n${textOf(merged)}`
}

/** Whoever merges may decide about it: both have something, and not the same. */
const isChoice = ({ how, column, along = [] }: Field, kept: Row, merged: Row): boolean =>
  how === 'fill' &&
  !isEmpty(kept[column]) &&
  !isEmpty(merged[column]) &&
  [column, ...along].some((name) => !isSame(kept[name], merged[name]))

function fieldAfter(field: Field, kept: Row, merged: Row, take: readonly string[]): Row {
  const { how, column, along = [] } = field
  if (how === 'both') return { [column]: joined(kept[column], merged[column]) }
  const taken =
    how === 'fill' && (isEmpty(kept[column]) || (take.includes(field.field) && isChoice(field, kept, merged)))
  const from = taken && !isEmpty(merged[column]) ? merged : kept
  return Object.fromEntries([column, ...along].map((name) => [name, from[name]]))
}

/** What was said last holds: who has withdrawn their consent since has not given it. */
function consentOf(kept: Row, merged: Row): Row {
  const at = (row: Row) => (row.consent_at === null ? Number.NEGATIVE_INFINITY : Date.parse(textOf(row.consent_at)))
  const { consent, consent_at } = at(merged) > at(kept) ? merged : kept
  return { consent, consent_at }
}

/** No address is lost: what is not the first is among the others. */
function addressesOf(first: unknown, kept: Row, merged: Row): Row {
  const all = [kept.email, ...strings(kept.other_emails), merged.email, ...strings(merged.other_emails)]
  const { email, otherEmails } = orderedEmails({
    email: typeof first === 'string' ? first : null,
    otherEmails: all.filter((address) => typeof address === 'string'),
  })
  return { email, other_emails: otherEmails }
}

/** What the other side did, it did about one and the same business. `engagement_now` is what is left of each by now. */
function engagementOf(kept: Row, merged: Row, now: Date): Row {
  if (isZero(merged.engagement_now)) return {}
  const sum = Decimal.min(50, new Decimal(textOf(kept.engagement_now)).plus(textOf(merged.engagement_now)))
  const seen = listOf(merged.score_reasons).filter((it) => typeof it === 'object' && it !== null && 'at' in it)
  return {
    engagement: sum.toFixed(3),
    engagement_at: now.toISOString(),
    score_reasons: [...listOf(kept.score_reasons), ...seen],
  }
}

/**
 * The kept record after the merge, by column. A stage stays as it is, and with it what the pipeline says of the deal.
 * @param take fields that are the other's although the kept record has them
 */
export function mergedRow(
  kind: MergeKind,
  { kept, merged, take, now }: { kept: Row; merged: Row; take: readonly string[]; now: Date },
): Row {
  const row: Record<string, unknown> = { ...kept, import_key: kept.import_key ?? merged.import_key }
  for (const field of fieldsOf[kind]) Object.assign(row, fieldAfter(field, kept, merged, take))
  if (kind === 'contact') {
    Object.assign(row, addressesOf(row.email, kept, merged), consentOf(kept, merged))
    row.phones = distinctPhones(strings(row.phones))
  }
  if (kind === 'deal') {
    Object.assign(row, engagementOf(kept, merged, now))
    row.custom = { ...Object(merged.custom), ...Object(kept.custom) }
  }
  return row
}

type Shown = MergePreview['fields'][number]['kept']
function shown(value: unknown): Shown {
  if (Array.isArray(value)) return strings(value)
  return typeof value === 'string' || typeof value === 'number' ? value : null
}

/** The merge field by field, for whoever has to decide. */
export function previewFields(kind: MergeKind, kept: Row, merged: Row, now: Date): MergePreview['fields'] {
  const row = mergedRow(kind, { kept, merged, take: [], now })
  return fieldsOf[kind].map((field) => {
    const { column, words = column, along = [] } = field
    const inWords = (from: Row) =>
      shown(column === 'value' ? `${from.value} ${along.map((name) => from[name])}` : from[words])
    const result = words === column ? inWords(row) : inWords(isSame(row[column], kept[column]) ? kept : merged)
    return {
      field: field.field,
      kept: inWords(kept),
      merged: inWords(merged),
      result,
      choice: isChoice(field, kept, merged),
    }
  })
}

/** Fields of `take` that are not a choice of these two. */
export const notAChoice = (kind: MergeKind, kept: Row, merged: Row, take: readonly string[]): string[] =>
  take.filter((name) => !fieldsOf[kind].some((field) => field.field === name && isChoice(field, kept, merged)))
