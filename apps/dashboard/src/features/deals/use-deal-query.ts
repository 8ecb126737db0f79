'use client'
import { useSearchParams } from 'next/navigation'
import { useMemo, useSyncExternalStore } from 'react'
import { type Changes, filterText, queryText, readQuery, withChanges, withoutFilter } from './deal-query.ts'

const listeners = new Set<() => void>()
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

/**
 * Writes the address without asking the server for the page again: what is shown comes from the API anyway. `push`
 * leaves a step for the back button, `replace` does not.
 */
function write(search: URLSearchParams, how: 'push' | 'replace'): void {
  const text = search.toString()
  const address = text === '' ? window.location.pathname : `${window.location.pathname}?${text}`
  if (address === `${window.location.pathname}${window.location.search}`) return
  if (how === 'push') window.history.pushState(null, '', address)
  else window.history.replaceState(null, '', address)
  for (const listener of listeners) listener()
}

// What the address says now: a callback may be older than the newest step.
const present = (): URLSearchParams => new URLSearchParams(window.location.search)
const change = (changes: Changes, how: 'push' | 'replace' = 'push'): void => write(withChanges(present(), changes), how)
const clear = (): void => write(withoutFilter(present()), 'push')

/** Filter, sort, open deal and columns all live in the address, so that they can be sent to a colleague. */
export function useDealQuery() {
  const routed = useSearchParams().toString()
  // The router tells of a new address later, in a transition; a box that was ticked must show it at once.
  const text = useSyncExternalStore(
    subscribe,
    () => present().toString(),
    () => routed,
  )
  return useMemo(() => {
    const search = new URLSearchParams(text)
    const query = readQuery(search)
    return {
      ...query,
      /** Filter and sort, for the API and for the key of the cache. */
      text: queryText(query),
      /** The filter alone. */
      filter: filterText(query.params),
      openDeal: search.get('deal'),
      columns: search.get('columns'),
      month: search.get('month'),
      set: change,
      clear,
    }
  }, [text])
}
export type DealQueryState = ReturnType<typeof useDealQuery>

/** The address of a deal beside what is shown now. */
export function dealAddress(path: string, search: URLSearchParams | string, id: string): string {
  return `${path}?${withChanges(new URLSearchParams(search), { deal: id })}`
}
