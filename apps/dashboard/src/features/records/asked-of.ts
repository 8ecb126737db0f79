import { recordSort } from '@throughline/contracts'
import type { RecordFilter } from './use-record-filter.ts'

/** Filter and order of a list as an export is asked for: what is not chosen is not said. */
export function askedOf({ sort, ...filter }: RecordFilter) {
  const chosen = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''))
  const order = recordSort.safeParse(sort || undefined).data
  return { filter: chosen, ...(order ? { sort: order } : {}) }
}
