'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { DealView } from '@throughline/contracts'
import { Button, Card, ErrorState, formatNumber, useHotkeys, useIsPhone } from '@throughline/ui'
import { type KeyboardEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { ExportButton } from '../exports/export-button.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { ChoiceNotice } from './choice-notice.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { useDealActions } from './deal-actions.tsx'
import { DealCards } from './deal-cards.tsx'
import { exportOf } from './deal-export.ts'
import { readDeals } from './deals.api.ts'
import { DealsTable } from './deals-table.tsx'
import { NoDeals } from './no-deals.tsx'
import { useChoice } from './use-choice.ts'
import { useColumns } from './use-columns.ts'
import { type DealQueryState, useDealQuery } from './use-deal-query.ts'
import type { Grid } from './use-grid.ts'
import type { RowSelection } from './use-selection.ts'
import { DealsWorkspace } from './workspace.tsx'

function useDeals(query: DealQueryState) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isPlaceholderData } = useInfiniteQuery({
    queryKey: ['deals', query.text],
    queryFn: ({ pageParam, signal }) => readDeals(query.text, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  // A deal that moved up between two pages is in both.
  const deals = useMemo(
    () => data && [...new Map(data.pages.flatMap((page) => page.data).map((deal) => [deal.id, deal])).values()],
    [data],
  )
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [isFetchingNextPage, fetchNextPage])
  return {
    deals,
    error,
    refetch,
    hasMore: hasNextPage,
    loadMore,
    isLoadingMore: isFetchingNextPage,
    isOld: isPlaceholderData,
  }
}

const none: readonly DealView[] = []

interface ListKeys {
  query: DealQueryState
  deals: readonly DealView[]
  chosen: readonly DealView[]
  selection: RowSelection
  clear(): void
  gridRef: { current: Grid | null }
}

/** Keys for the row in use; while a deal is open beside the list, the panel has them. */
function useListKeys({ query, deals, chosen, selection, clear, gridRef }: ListKeys): void {
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

/** Follows the panel, so that its next deal is the row in use as well. */
function useFollow(openDeal: string | null, gridRef: { current: Grid | null }): void {
  useEffect(() => {
    if (openDeal) gridRef.current?.goTo({ id: openDeal, column: 'title' }, false)
  }, [openDeal, gridRef])
}

function List({ query, shown }: { query: DealQueryState; shown: { current: readonly string[] } }) {
  const { deals, error, refetch, hasMore, loadMore, isLoadingMore, isOld } = useDeals(query)
  const { columns } = useColumns(query)
  const isPhone = useIsPhone()
  const gridRef = useRef<Grid>(null)
  const order = useMemo(() => deals?.map(({ id }) => id) ?? [], [deals])
  const { selection, beyond, matching, chosen, isNotable, clear } = useChoice(query, deals ?? none, hasMore)
  useEffect(() => {
    shown.current = order
  }, [order, shown])
  useListKeys({ query, deals: deals ?? none, chosen, selection, clear, gridRef })
  useFollow(query.openDeal, gridRef)
  if (error)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (deals?.length === 0) return <NoDeals query={query} />
  const selectAll = (event: KeyboardEvent) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
    if (event.key !== 'a' || !(event.ctrlKey || event.metaKey) || typing) return
    event.preventDefault()
    selection.choose(order)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears Ctrl-A of what is in it.
    <div onKeyDown={selectAll} aria-busy={isOld} className={isOld ? 'opacity-60 transition-opacity' : undefined}>
      {isNotable && deals ? (
        <ChoiceNotice deals={deals} selection={selection} beyond={beyond} matching={matching} />
      ) : null}
      {isPhone ? (
        <DealCards deals={deals} query={query} selection={selection} />
      ) : (
        <DealsTable
          deals={deals}
          columns={columns}
          query={query}
          selection={selection}
          hasMore={hasMore}
          loadMore={loadMore}
          gridRef={gridRef}
        />
      )}
      <div className="flex min-h-11 items-center justify-center gap-3 text-muted text-sm">
        {deals ? (
          <span className="tabular">
            {formatNumber(deals.length)} {hasMore ? 'shown' : deals.length === 1 ? 'deal' : 'deals, that is all'}
          </span>
        ) : null}
        {hasMore ? (
          <Button kind="ghost" size="sm" onClick={loadMore} disabled={isLoadingMore}>
            {isLoadingMore ? 'Loading…' : 'Load more'}
          </Button>
        ) : null}
      </div>
      <BulkBar deals={chosen} onClear={clear} />
    </div>
  )
}

/** Every deal, searched and filtered. */
export function DealsScreen() {
  const query = useDealQuery()
  const columns = useColumns(query)
  const shown = useRef<readonly string[]>([])
  return (
    <DealsWorkspace
      layout="list"
      title="Deals"
      query={query}
      shown={shown}
      tools={
        <>
          <ColumnChooser {...columns} />
          <ExportButton
            definition={exportOf(
              query,
              columns.columns.map(({ key }) => key),
            )}
          />
        </>
      }
    >
      <List query={query} shown={shown} />
    </DealsWorkspace>
  )
}
