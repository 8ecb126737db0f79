import {
  type ErrorIssue,
  type ImportField,
  type ImportMapping,
  type ImportPreview,
  importFieldsOf,
  type RecordKind,
  type UpdateKey,
} from '@throughline/contracts'

/** One of these columns names a record; a row without is of no use. */
const namingFields: Readonly<Record<RecordKind, readonly ImportField[]>> = {
  DEAL: ['title'],
  COMPANY: ['name', 'domain'],
  CONTACT: ['name', 'email'],
}

const isOf = (kind: RecordKind, field: ImportField, own: readonly string[]): boolean =>
  field.startsWith('custom.')
    ? own.includes(field.slice('custom.'.length))
    : importFieldsOf[kind].some((known) => known === field)

export interface MappingRules {
  kind: RecordKind
  headers: readonly string[]
  /** Keys of the tenant's own fields. */
  own: readonly string[]
}

/** What is wrong with a mapping for this file; nothing when it can be used. */
export function mappingIssues({ kind, headers, own }: MappingRules, mapping: ImportMapping): ErrorIssue[] {
  const issues: ErrorIssue[] = []
  if (mapping.length !== headers.length)
    issues.push({
      path: 'body.mapping',
      message: `has ${mapping.length} entries, the file has ${headers.length} columns`,
    })
  if (!namingFields[kind].some((field) => mapping.includes(field)))
    issues.push({ path: 'body.mapping', message: `needs a column for the ${namingFields[kind].join(' or the ')}` })
  const seen = new Set<ImportField>()
  mapping.forEach((field, column) => {
    if (!field) return
    const path = `body.mapping.${column}`
    if (!isOf(kind, field, own)) issues.push({ path, message: `${field} is no field of these records` })
    if (seen.has(field)) issues.push({ path, message: `${field} is mapped twice` })
    seen.add(field)
  })
  return issues
}

/** Whether the proposed mapping can be used without a person looking at it. */
export const canStart = (kind: RecordKind, { headers, mapping, customFields }: ImportPreview): boolean =>
  mappingIssues({ kind, headers, own: customFields.map(({ key }) => key) }, mapping).length === 0

/** By what a row of this file finds its record, in the order in which it is tried. */
export function updateKeysOf(kind: RecordKind, mapping: ImportMapping): UpdateKey[] {
  const own: readonly UpdateKey[] = mapping.includes('externalId') ? ['externalId'] : []
  if (kind === 'DEAL') return [...own, 'titleCompanyContact']
  const address = kind === 'COMPANY' ? 'domain' : 'email'
  return [...own, ...(mapping.includes(address) ? ([address] as const) : []), 'name']
}

/** What is said of a deal that the file calls lost when nobody says why. */
export function lossUnexplained(headers: readonly string[], mapping: ImportMapping): string {
  const column = mapping.indexOf('lostReason')
  const where = column < 0 ? 'no column is mapped to it' : `“${headers[column]}” is empty`
  return `A lost deal needs a reason: ${where}. Or give one for all of the file.`
}
