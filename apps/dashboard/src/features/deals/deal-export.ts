// The list as a file: the same filter, sort and columns, in the words of the export.
import { dealFilter, type RequestExport } from '@throughline/contracts'
import { exportColumns } from '../exports/view-columns.ts'
import { type DealQuery, filterNames, listFilters } from './deal-query.ts'

/** What the list shows, with the id in front, by which the file can be brought back in. */
export function exportOf(
  { params, sort, reverse }: Omit<DealQuery, 'dropped'>,
  shown: readonly string[],
): RequestExport {
  const filter = Object.fromEntries(
    filterNames.flatMap((name) => {
      const values = params[name]
      return values ? [[name, listFilters.has(name) ? [...values] : values.at(-1)]] : []
    }),
  )
  // Read once here, so that what no address may say never leaves the browser; sent as it was written.
  dealFilter.parse(filter)
  return { kind: 'DEAL', filter, sort, reverse, columns: exportColumns(shown) }
}
