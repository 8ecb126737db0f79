// What is asked of deals, as it stands in the address: the API's own names, so that a saved view, an export and a
// colleague's link mean the same.
import { type DealSort, dealFilter, dealFilterShape, dealSorts } from '@throughline/contracts'

export type FilterName = keyof typeof dealFilterShape
/** Values by the name of their filter; only those that the API takes. */
export type DealParams = Partial<Record<FilterName, readonly string[]>>

export interface DealQuery {
  params: DealParams
  sort: DealSort
  /** Against the natural direction of the sort. */
  reverse: boolean
  /** What the address says and the API does not know, e.g. in an old link. */
  dropped: string[]
}

export const filterNames = Object.keys(dealFilterShape) as FilterName[]
/** Of these there may be several; the others are there once. */
export const listFilters: ReadonlySet<FilterName> = new Set([
  'stage',
  'priority',
  'ownerId',
  'leadSource',
  'tag',
  'custom',
  'lostReason',
])
/** Names that a page of deals has in its address besides the filter. */
const others: ReadonlySet<string> = new Set(['sort', 'reverse', 'deal', 'columns', 'month', 'view', 'new'])

const isTaken = (name: FilterName, value: string): boolean =>
  dealFilter.safeParse({ [name]: listFilters.has(name) ? [value] : value }).success

function valuesOf(search: URLSearchParams, name: FilterName): { taken: string[]; refused: string[] } {
  const given = search.getAll(name).filter((value) => value.trim() !== '')
  const said = listFilters.has(name) ? [...new Set(given)] : given.slice(-1)
  return {
    taken: said.filter((value) => isTaken(name, value)),
    refused: said.filter((value) => !isTaken(name, value)),
  }
}

/** Reads an address that somebody may have typed: what is no filter is left out and told. */
export function readQuery(search: URLSearchParams): DealQuery {
  const params: DealParams = {}
  const dropped: string[] = []
  for (const name of filterNames) {
    const { taken, refused } = valuesOf(search, name)
    if (taken.length > 0) params[name] = taken
    dropped.push(...refused.map((value) => `${name}=${value}`))
  }
  for (const name of new Set(search.keys()))
    if (!others.has(name) && !filterNames.some((known) => known === name)) dropped.push(name)
  const sort = dealSorts.find((each) => each === search.get('sort')) ?? 'newest'
  return { params, sort, reverse: search.get('reverse') === 'true', dropped }
}

/** The filter alone, in one order, so that equal filters are one key of the cache. */
export function filterText(params: DealParams): string {
  const search = new URLSearchParams()
  for (const name of filterNames) for (const value of params[name] ?? []) search.append(name, value)
  return search.toString()
}

/** Filter and sort as the API reads them; empty for all deals, newest first. */
export function queryText({ params, sort, reverse }: Omit<DealQuery, 'dropped'>): string {
  const search = new URLSearchParams(filterText(params))
  if (sort !== 'newest') search.set('sort', sort)
  if (reverse) search.set('reverse', 'true')
  return search.toString()
}

export type Changes = Readonly<Record<string, string | readonly string[] | null>>

/** An address with some of its parameters changed; what is empty goes. */
export function withChanges(search: URLSearchParams, changes: Changes): URLSearchParams {
  const next = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name)
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) if (each !== '') next.append(name, each)
  }
  return next
}

/** An address without any filter; sort and columns stay. */
export const withoutFilter = (search: URLSearchParams): URLSearchParams =>
  withChanges(search, Object.fromEntries([...filterNames, 'view'].map((name) => [name, null])))

/** One value of a single filter. */
export const only = (params: DealParams, name: FilterName): string => params[name]?.[0] ?? ''
