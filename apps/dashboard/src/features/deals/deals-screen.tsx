'use client'
import type { DealView } from '@throughline/contracts'
import { Button, Card, ErrorState, formatNumber, useIsPhone } from '@throughline/ui'
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { ExportButton } from '../exports/export-button.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { ChoiceNotice } from './choice-notice.tsx'
import { ColumnChooser } from './column-chooser.tsx'
import { DealCards } from './deal-cards.tsx'
import { exportOf } from './deal-export.ts'
import { DealsTable } from './deals-table.tsx'
import { NoDeals } from './no-deals.tsx'
import { useChoice } from './use-choice.ts'
import { useColumns } from './use-columns.ts'
import { type DealQueryState, useDealQuery } from './use-deal-query.ts'
import { useDeals } from './use-deals.ts'
import type { Grid } from './use-grid.ts'
import { useListKeys } from './use-list-keys.ts'
import { DealsWorkspace } from './workspace.tsx'

const none: readonly DealView[] = []

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
