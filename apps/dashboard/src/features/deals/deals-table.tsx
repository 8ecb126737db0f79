'use client'
import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual'
import type { DealView } from '@throughline/contracts'
import { Checkbox, Skeleton, useSession } from '@throughline/ui'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import { ColumnHead } from './column-head.tsx'
import { useDealActions } from './deal-actions.tsx'
import type { CellEdit, DealColumn } from './deal-columns.tsx'
import { DealRow, type RowEvents } from './deal-row.tsx'
import { type DealQueryState, dealAddress } from './use-deal-query.ts'
import { type Grid, useGrid } from './use-grid.ts'
import type { RowSelection } from './use-selection.ts'
import { useStages } from './use-stages.ts'

const rowHeight = 44
const headHeight = 37
/** So many rows before the end the next page is asked for. */
const ahead = 15
const narrow = { select: 40, actions: 48 }

export interface DealsTableProps {
  deals: readonly DealView[] | undefined
  columns: readonly DealColumn[]
  query: DealQueryState
  selection: RowSelection
  hasMore: boolean
  loadMore(): void
  /** Gets hold of the grid, for the keys of the page. */
  gridRef: { current: Grid | null }
}

const skeletonRows = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']

/** Every deal as a row: cells reached by arrows, edited in place, and only those in sight are in the page. */
export function DealsTable({ deals, columns, query, selection, hasMore, loadMore, gridRef }: DealsTableProps) {
  const { user } = useSession()
  const { name } = useStages()
  const timeZone = user?.tenant?.timezone
  const said = useMemo(() => ({ timeZone, stageName: name }), [timeZone, name])
  const { mayEdit: mayEditDeal, mayAssign, save } = useDealActions()
  const mayEdit = useCallback(
    (deal: DealView, edit: CellEdit | undefined) =>
      edit !== undefined && (edit !== 'owner' || mayAssign) && mayEditDeal(deal),
    [mayAssign, mayEditDeal],
  )
  const scroller = useRef<HTMLElement>(null)
  const rows = deals ?? []
  const active = useRef(-1)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 8,
    getItemKey: (index) => rows[index]?.id ?? index,
    // The row in use stays in the page, so that the focus is not lost when it is scrolled away.
    rangeExtractor: (range: Range) => {
      const shown = defaultRangeExtractor(range)
      const kept = active.current
      return kept < 0 || kept >= range.count || shown.includes(kept) ? shown : [...shown, kept].sort((a, b) => a - b)
    },
  })
  const scrollTo = useRef((index: number) => virtual.scrollToIndex(index)).current
  const grid = useGrid({ container: scroller, deals: rows, columns, mayEdit, scrollTo })
  active.current = grid.index
  useEffect(() => {
    gridRef.current = grid
  })
  const { edit, endEdit, reach } = grid
  const { toggle, extend } = selection
  const events = useMemo<RowEvents>(
    () => ({
      hrefOf: (id) => dealAddress('/deals', query.text, id),
      open: (id) => query.set({ deal: id }),
      choose: (id, range) => (range ? extend(id) : toggle(id)),
      reach,
      edit,
      endEdit,
      save,
      mayEdit,
    }),
    [query, toggle, extend, reach, edit, endEdit, save, mayEdit],
  )
  const items = virtual.getVirtualItems()
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && last >= rows.length - ahead) loadMore()
  }, [hasMore, last, rows.length, loadMore])

  const span = columns.length + 2
  const spaces = items.map((item, at) => item.start - (items[at - 1]?.end ?? headHeight))
  const below = virtual.getTotalSize() + headHeight - (items.at(-1)?.end ?? headHeight)
  const gap = (key: string, height: number) =>
    height > 0 ? (
      <tr key={key} aria-hidden>
        <td colSpan={span} style={{ height, padding: 0 }} />
      </tr>
    ) : null
  const minWidth = columns.reduce((sum, { width }) => sum + width, narrow.select + narrow.actions)
  const all = rows.length > 0 && rows.every(({ id }) => selection.has(id))
  return (
    <section
      ref={scroller}
      aria-label="Deals"
      className="max-h-[max(24rem,calc(100dvh-15.5rem))] overflow-auto rounded-2xl border border-line bg-surface shadow-card [overflow-anchor:none]"
    >
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: cells are reached by arrows (APG grid).
        role="grid"
        aria-label="Deals"
        aria-rowcount={hasMore ? -1 : rows.length + 1}
        aria-multiselectable
        onKeyDown={grid.onKeyDown}
        className="w-full table-fixed border-separate border-spacing-0 text-left text-sm"
        style={{ minWidth }}
      >
        <colgroup>
          <col style={{ width: narrow.select }} />
          {columns.map(({ key, width }) => (
            <col key={key} style={key === 'title' ? undefined : { width }} />
          ))}
          <col style={{ width: narrow.actions }} />
        </colgroup>
        <thead className="text-muted text-xs">
          <tr aria-rowindex={1} style={{ height: headHeight }}>
            <th scope="col" className="sticky top-0 left-0 z-[3] border-line border-b bg-sunken px-3">
              <Checkbox
                aria-label={all ? 'Select none' : `Select all ${rows.length} shown`}
                checked={all}
                onChange={() => (all ? selection.clear() : selection.choose(rows.map(({ id }) => id)))}
                className="block"
              />
            </th>
            {columns.map((column) => (
              <ColumnHead key={column.key} column={column} query={query} />
            ))}
            <th scope="col" className="sticky top-0 right-0 z-[3] border-line border-b bg-sunken">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {deals
            ? null
            : skeletonRows.map((key) => (
                <tr key={key} className="h-11">
                  <td colSpan={span} className="border-line border-t px-3">
                    <Skeleton className="h-4 w-full" />
                  </td>
                </tr>
              ))}
          {items.map((item, at) => {
            const deal = rows[item.index]
            if (!deal) return null
            const here = grid.place?.id === deal.id ? grid.place.column : null
            // Before anybody is anywhere, Tab reaches the first title.
            const start = grid.index < 0 && item.index === 0 ? 'title' : null
            return [
              gap(`above-${deal.id}`, spaces[at] ?? 0),
              <DealRow
                key={deal.id}
                deal={deal}
                index={item.index}
                columns={columns}
                events={events}
                selected={selection.has(deal.id)}
                opened={query.openDeal === deal.id}
                active={here ?? start}
                editing={grid.editing ? here : null}
                said={said}
              />,
            ]
          })}
          {gap('below', below)}
        </tbody>
      </table>
    </section>
  )
}
