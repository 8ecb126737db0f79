'use client'
import type { DealView } from '@throughline/contracts'
import { useHotkeys } from '@throughline/ui'
import { useDealActions } from './deal-actions.tsx'
import type { DealQueryState } from './use-deal-query.ts'
import type { Grid } from './use-grid.ts'
import type { RowSelection } from './use-selection.ts'

interface ListKeys {
  query: DealQueryState
  deals: readonly DealView[]
  chosen: readonly DealView[]
  selection: RowSelection
  clear(): void
  gridRef: { current: Grid | null }
}

/** Keys for the row in use; while a deal is open beside the list, the panel has them. */
export function useListKeys({ query, deals, chosen, selection, clear, gridRef }: ListKeys): void {
  const { askMove, remove, restore, mayDelete, mayEdit } = useDealActions()
  const here = () => deals.find(({ id }) => id === gridRef.current?.place?.id)
  const withRow = (act: (deal: DealView) => void) => () => {
    const deal = here()
    if (deal) act(deal)
  }
  const enabled = query.openDeal === null
  const key = (name: string, label: string, run: () => void, repeats = false) => ({
    key: name,
    label,
    run,
    enabled,
    repeats,
  })
  const removeOrRestore = (deal: DealView) => {
    if (!mayDelete(deal)) return
    // The row goes, so the focus goes on to its neighbour first.
    gridRef.current?.moveRow(deals.at(-1)?.id === deal.id ? -1 : 1)
    if (deal.deletedAt === null) remove(deal)
    else restore(deal)
  }
  useHotkeys([
    key('j', 'Next row', () => void gridRef.current?.moveRow(1), true),
    key('k', 'Previous row', () => void gridRef.current?.moveRow(-1), true),
    key(
      'x',
      'Select',
      withRow(({ id }) => selection.toggle(id)),
    ),
    key(
      'X',
      'Select up to here',
      withRow(({ id }) => selection.extend(id)),
    ),
    key(
      'o',
      'Open',
      withRow(({ id }) => query.set({ deal: id })),
    ),
    key(
      'e',
      'Edit',
      withRow(({ id }) => gridRef.current?.edit(id, gridRef.current.place?.column ?? 'title')),
    ),
    key('#', 'Delete', withRow(removeOrRestore)),
    key('Escape', 'Select nothing', clear),
    key('m', 'Move', () => {
      const row = here()
      askMove(chosen.length > 0 ? chosen : row && mayEdit(row) ? [row] : [])
    }),
  ])
}
