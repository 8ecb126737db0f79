'use client'
import type { DealView } from '@throughline/contracts'
import { useMemo } from 'react'
import { useBeyond, useMatching } from './use-beyond.ts'
import type { DealQueryState } from './use-deal-query.ts'
import { useSelection } from './use-selection.ts'

/** What is chosen: of the rows so far, and, once somebody asked for all, of those that are further down. */
export function useChoice(query: DealQueryState, deals: readonly DealView[], hasMore: boolean) {
  const beyond = useBeyond(query)
  const known = useMemo(() => {
    const shown = new Set(deals.map(({ id }) => id))
    return [...deals, ...beyond.deals.filter(({ id }) => !shown.has(id))]
  }, [deals, beyond.deals])
  const selection = useSelection(useMemo(() => known.map(({ id }) => id), [known]))
  const chosen = useMemo(() => known.filter(({ id }) => selection.has(id)), [known, selection])
  const allShown = deals.length > 0 && deals.every(({ id }) => selection.has(id))
  const matching = useMatching(query, allShown && hasMore)
  const clear = () => {
    selection.clear()
    beyond.forget()
  }
  /** Whether more could be chosen than the rows so far, or is. */
  const isNotable = allShown && (hasMore || chosen.length > deals.length)
  return { selection, beyond, matching, chosen, isNotable, clear }
}
