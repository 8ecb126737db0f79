// A saved view and the address of a page of deals, each as the other.
import type { ViewDefinition } from '@throughline/contracts'
import type { Layout } from './deal-keys.ts'
import type { DealQuery } from './deal-query.ts'

export const pathOfLayout: Record<Layout, string> = { list: '/deals', board: '/pipeline', calendar: '/deals/calendar' }

interface Shown extends Pick<DealQuery, 'params' | 'sort' | 'reverse'> {
  layout: Layout
  /** Keys of the columns; only a list has them. */
  columns: readonly string[]
}

/** What is shown now, as it would be saved. */
export function definitionOf({ params, sort, reverse, layout, columns }: Shown): ViewDefinition {
  const filter = Object.fromEntries(
    Object.entries(params).flatMap(([name, values]) => {
      const [first, ...more] = values ?? []
      if (first === undefined) return []
      return [[name, more.length > 0 ? [first, ...more] : first]]
    }),
  )
  return { filter, sort, reverse, columns: layout === 'list' ? [...columns] : [], layout }
}

/** The address that shows a view as far as it can be opened. */
export function addressOf({ filter, sort, reverse, columns, layout }: ViewDefinition, viewId: string): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(filter)) for (const each of [value].flat()) search.append(name, each)
  if (sort !== 'newest') search.set('sort', sort)
  if (reverse) search.set('reverse', 'true')
  if (layout === 'list' && columns.length > 0) search.set('columns', columns.join(','))
  search.set('view', viewId)
  return `${pathOfLayout[layout]}?${search}`
}
