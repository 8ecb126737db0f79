// What holds for fields that a firm defines, and for the values in them. Pure.
import {
  type CustomFieldType,
  type CustomValues,
  dateOnly,
  type ErrorIssue,
  isStorableText,
} from '@throughline/contracts'

/** What a value is checked against. */
export interface FieldDefinition {
  key: string
  type: CustomFieldType
  options: readonly string[]
}

const longestKey = 40
const longestText = 1000
/** What a double holds exactly in decimal; a number with more digits would come back as another one. */
const significantDigits = 15

/**
 * The key of a new field, made from its label: `Annual budget (€)` becomes `annual_budget`.
 * @param taken keys that the firm has had already, archived ones included
 */
export function keyFor(label: string, taken: ReadonlySet<string>): string {
  const plain = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
  const word = (/^[a-z]/.test(plain) ? plain : `field_${plain}`).slice(0, longestKey - 4).replace(/_+$/, '')
  let key = word
  for (let number = 2; taken.has(key); number += 1) key = `${word}_${number}`
  return key
}

/** What is wrong with the options of a field, or nothing. */
export function optionIssues(type: CustomFieldType, options: readonly string[]): ErrorIssue[] {
  const path = 'body.options'
  if (type !== 'CHOICE') return options.length > 0 ? [{ path, message: 'belong to a choice only' }] : []
  if (options.length === 0) return [{ path, message: 'a choice needs at least one' }]
  const words = new Set(options.map(folded))
  return words.size < options.length ? [{ path, message: 'must differ from each other' }] : []
}

const folded = (text: string): string => text.trim().normalize('NFKC').toLowerCase()

type Value = string | number | boolean
type Checked = { value: Value | null } | { message: string }

const checks: Record<CustomFieldType, (value: Value, field: FieldDefinition) => Checked> = {
  TEXT: (value) => {
    if (typeof value !== 'string') return { message: 'must be text' }
    const text = value.trim()
    if (text.length > longestText) return { message: `must not be longer than ${longestText} characters` }
    return isStorableText(text)
      ? { value: text === '' ? null : text }
      : { message: 'holds a character that cannot be kept' }
  },
  NUMBER: (value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return { message: 'must be a number' }
    if (Number(value.toPrecision(significantDigits)) !== value)
      return { message: `must not have more than ${significantDigits} digits` }
    return { value: value === 0 ? 0 : value }
  },
  DATE: (value) => (dateOnly.safeParse(value).success ? { value } : { message: 'must be a day like 2026-12-31' }),
  BOOLEAN: (value) => (typeof value === 'boolean' ? { value } : { message: 'must be true or false' }),
  CHOICE: (value, { options }) => {
    const option =
      typeof value === 'string' ? options.find((candidate) => folded(candidate) === folded(value)) : undefined
    return option === undefined ? { message: `must be one of: ${options.join(', ')}` } : { value: option }
  },
}

export interface CheckedValues {
  /** As they are kept; null takes the value away. */
  values: CustomValues
  issues: ErrorIssue[]
}

/**
 * Checks the values that somebody gives for `custom`, and writes them as they are kept: text without spaces around it (none:
 * the value goes), a choice in the spelling of its option.
 * @param fields the firm's living fields of this kind of record
 * @param path where the values stand: an issue is at `<path>.<key>`
 */
export function checkCustomValues(
  fields: readonly FieldDefinition[],
  values: CustomValues,
  path = 'body.custom',
): CheckedValues {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  const checked: [string, Value | null][] = []
  const issues: ErrorIssue[] = []
  for (const [key, value] of Object.entries(values)) {
    const field = byKey.get(key)
    const outcome: Checked = !field
      ? { message: 'There is no such field.' }
      : value === null
        ? { value }
        : checks[field.type](value, field)
    if ('message' in outcome) issues.push({ path: `${path}.${key}`, message: outcome.message })
    else checked.push([key, outcome.value])
  }
  return { values: Object.fromEntries(checked), issues }
}

/** `custom` of a record after a change: what is given replaces what was there, null takes it away. */
export const mergedCustom = (before: CustomValues, given: CustomValues): CustomValues =>
  Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null))
