import type { ErrorIssue, ImportField, ImportPreview, StartImport } from '@throughline/contracts'

/** What is wrong with a mapping for this file; nothing when it can be used. */
export function mappingIssues(headers: readonly string[], mapping: StartImport['mapping']): ErrorIssue[] {
  const issues: ErrorIssue[] = []
  if (mapping.length !== headers.length)
    issues.push({
      path: 'body.mapping',
      message: `has ${mapping.length} entries, the file has ${headers.length} columns`,
    })
  if (!mapping.includes('title')) issues.push({ path: 'body.mapping', message: 'needs a column for the title' })
  const seen = new Set<ImportField>()
  mapping.forEach((field, column) => {
    if (field && seen.has(field)) issues.push({ path: `body.mapping.${column}`, message: `${field} is mapped twice` })
    if (field) seen.add(field)
  })
  return issues
}

/** Whether the proposal can be used without a person looking at it. */
export const canStart = ({ headers, mapping }: ImportPreview): boolean => mappingIssues(headers, mapping).length === 0
