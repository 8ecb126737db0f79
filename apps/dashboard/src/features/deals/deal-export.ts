// The list as a file: the same filter, sort and columns, in the words of the export.
import { type DealExportColumn, dealFilter, exportColumnsOf, type RequestExport } from '@throughline/contracts'
import { type DealQuery, filterNames, listFilters } from './deal-query.ts'

/** Columns of the list that are several in a file. */
const spread: Readonly<Record<string, readonly DealExportColumn[]>> = {
  company: ['companyName', 'companyDomain'],
  contact: ['contactName', 'contactEmail'],
  owner: ['ownerName', 'ownerEmail'],
  value: ['value', 'currency'],
}
const isColumn = (key: string): key is (typeof exportColumnsOf)['DEAL'][number] =>
  exportColumnsOf.DEAL.some((column) => column === key)

/** What the list shows, with the id in front, by which the file can be brought back in. */
export function exportOf(
  { params, sort, reverse }: Omit<DealQuery, 'dropped'>,
  columns: readonly string[],
): RequestExport {
  const filter = Object.fromEntries(
    filterNames.flatMap((name) => {
      const values = params[name]
      return values ? [[name, listFilters.has(name) ? [...values] : values.at(-1)]] : []
    }),
  )
  // Read once here, so that what no address may say never leaves the browser; sent as it was written.
  dealFilter.parse(filter)
  const chosen = columns.flatMap((key) => spread[key] ?? (isColumn(key) ? [key] : []))
  return { kind: 'DEAL', filter, sort, reverse, columns: [...new Set<DealExportColumn>(['id', ...chosen])] }
}
