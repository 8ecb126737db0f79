// What a saved view may say, and what of it still makes sense. Pure.
import {
  customKeyOf,
  type DealSort,
  dealColumns,
  dealFilterShape,
  dealSorts,
  type ErrorIssue,
  keyOfColumn,
  type ViewDefinition,
  type ViewFilter,
  type ViewWarning,
  viewDefinition,
} from '@throughline/contracts'
import * as z from 'zod'

const defaultSort: DealSort = 'newest'

type FilterKey = keyof typeof dealFilterShape
const isFilterKey = (key: string): key is FilterKey => Object.hasOwn(dealFilterShape, key)
const knownSorts: readonly string[] = dealSorts
const knownColumns: readonly string[] = dealColumns

const { shape } = viewDefinition
const keptDefinition = z
  .object({
    filter: shape.filter.catch({}),
    sort: shape.sort.catch(defaultSort),
    reverse: shape.reverse.catch(false),
    columns: shape.columns.catch([]),
    layout: shape.layout.catch('list'),
  })
  .catch({ filter: {}, sort: defaultSort, reverse: false, columns: [], layout: 'list' })

/** A definition as it was kept, perhaps by an older version: a part that cannot be read is as if it was never said. */
export const definitionOf = (kept: unknown): ViewDefinition => keptDefinition.parse(kept)

/** Whether a part of a filter can be read, as `deal-query.ts` reads it. */
const isReadable = (key: FilterKey, value: ViewFilter[string]): boolean => dealFilterShape[key].safeParse(value).success

/** What is wrong with a definition that somebody wants to save. */
export function definitionIssues(definition: ViewDefinition): ErrorIssue[] {
  const { filter, sort } = definition
  const issues: ErrorIssue[] = Object.entries(filter).flatMap(([key, value]) => {
    const path = `body.definition.filter.${key}`
    if (!isFilterKey(key)) return [{ path, message: 'is no filter of deals' }]
    return isReadable(key, value) ? [] : [{ path, message: 'is not a value of this filter' }]
  })
  if (!knownSorts.includes(sort))
    issues.push({ path: 'body.definition.sort', message: `must be one of: ${dealSorts.join(', ')}` })
  return issues
}

/** What a definition names, to be looked up. */
export interface NamedIds {
  companyIds: string[]
  contactIds: string[]
}

const textsOf = (value: ViewFilter[string] | undefined): string[] => (value === undefined ? [] : [value].flat())

/** Companies and contacts that a definition names; what cannot be an id is left to the warnings. */
export const namedIds = ({ filter }: ViewDefinition): NamedIds => ({
  companyIds: textsOf(filter.companyId).filter((id) => isReadable('companyId', id)),
  contactIds: textsOf(filter.contactId).filter((id) => isReadable('contactId', id)),
})

/** What is there by now. */
export interface Surroundings {
  /** Keys of the living custom fields. */
  fieldKeys: ReadonlySet<string>
  /** Labels of the archived ones, by their keys. */
  archivedLabels: ReadonlyMap<string, string>
  /** Members who still work here. */
  memberIds: ReadonlySet<string>
  /** Names of those who do not, by their ids. */
  formerNames: ReadonlyMap<string, string>
  companyIds: ReadonlySet<string>
  contactIds: ReadonlySet<string>
}

const lostField = (key: string, { archivedLabels }: Surroundings): string => {
  const label = archivedLabels.get(key)
  return label === undefined ? `The field ${key} does not exist any more.` : `The field ${label} was archived.`
}

/** Why one value of a filter cannot be used any more; undefined when it can. */
function lostValue(key: FilterKey, value: string, there: Surroundings): string | undefined {
  if (key === 'custom') {
    const field = customKeyOf(value)
    return there.fieldKeys.has(field) ? undefined : lostField(field, there)
  }
  if (key === 'ownerId' && !there.memberIds.has(value))
    return `${there.formerNames.get(value) ?? 'The owner it asks for'} does not work here any more.`
  if (key === 'companyId' && !there.companyIds.has(value)) return 'The company it asks for was deleted.'
  if (key === 'contactId' && !there.contactIds.has(value)) return 'The contact it asks for was deleted.'
  return undefined
}

export interface OpenedView {
  usable: ViewDefinition
  warnings: ViewWarning[]
}

function usableFilter(filter: ViewFilter, there: Surroundings): { filter: ViewFilter; warnings: ViewWarning[] } {
  const warnings: ViewWarning[] = []
  const entries = Object.entries(filter).flatMap(([key, value]): [string, ViewFilter[string]][] => {
    const part = `filter.${key}`
    if (!isFilterKey(key)) {
      warnings.push({ part, message: `The filter ${key} does not exist any more.` })
      return []
    }
    if (!isReadable(key, value)) {
      warnings.push({ part, message: `The filter ${key} asks for something that does not exist any more.` })
      return []
    }
    const kept = textsOf(value).filter((text) => {
      const message = lostValue(key, text, there)
      if (message !== undefined) warnings.push({ part, message })
      return message === undefined
    })
    if (kept.length === 0) return []
    return [[key, Array.isArray(value) ? kept : value]]
  })
  return { filter: Object.fromEntries(entries), warnings }
}

function usableColumns(
  columns: readonly string[],
  there: Surroundings,
): { columns: string[]; warnings: ViewWarning[] } {
  const warnings: ViewWarning[] = []
  const kept = columns.filter((column) => {
    const key = keyOfColumn(column)
    if (key === undefined ? knownColumns.includes(column) : there.fieldKeys.has(key)) return true
    const message = key === undefined ? `The column ${column} does not exist any more.` : lostField(key, there)
    warnings.push({ part: 'columns', message })
    return false
  })
  return { columns: kept, warnings }
}

/**
 * A view as it can be opened now: without what names something that is gone, and with a warning for each of those. A tag
 * that no deal carries is not gone: such a view finds nothing, which is what it asks for.
 */
export function openView(definition: ViewDefinition, there: Surroundings): OpenedView {
  const filter = usableFilter(definition.filter, there)
  const columns = usableColumns(definition.columns, there)
  const hasSort = knownSorts.includes(definition.sort)
  const lostSort = hasSort
    ? []
    : [{ part: 'sort', message: `The order "${definition.sort}" does not exist any more; newest first is shown.` }]
  return {
    usable: {
      ...definition,
      filter: filter.filter,
      columns: columns.columns,
      sort: hasSort ? definition.sort : defaultSort,
    },
    warnings: [...filter.warnings, ...columns.warnings, ...lostSort],
  }
}

/** What a copy is called: `Copy of Hot deals`, or with a number when there is one already. */
export function copyName(name: string, taken: ReadonlySet<string>): string {
  const base = `Copy of ${name}`.slice(0, 74)
  let candidate = base
  for (let number = 2; taken.has(candidate); number += 1) candidate = `${base} (${number})`
  return candidate
}
