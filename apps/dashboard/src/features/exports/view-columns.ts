import { type DealExportColumn, exportColumnsOf } from '@throughline/contracts'

/** What one column of a list shows is up to two in a file. */
const split: Readonly<Record<string, readonly DealExportColumn[]>> = {
  company: ['companyName', 'companyDomain'],
  contact: ['contactName', 'contactEmail'],
  owner: ['ownerName', 'ownerEmail'],
  value: ['value', 'currency'],
}
const isColumn = (name: string): name is DealExportColumn =>
  name.startsWith('custom.') || exportColumnsOf.DEAL.some((known) => known === name)

/** The columns of a file that has what a list of deals shows. The id comes first: with it the file can come back. */
export function exportColumns(shown: readonly string[]): DealExportColumn[] {
  const columns = shown.flatMap((name) => split[name] ?? (isColumn(name) ? [name] : []))
  return [...new Set<DealExportColumn>(['id', ...columns])]
}
