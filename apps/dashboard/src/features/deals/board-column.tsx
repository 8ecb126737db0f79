'use client'
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element'
import type { DealView } from '@throughline/contracts'
import { Button, cn, formatCompactMoney, formatNumber } from '@throughline/ui'
import { useEffect, useRef, useState } from 'react'
import { type CardEvents, DealCard } from './deal-card.tsx'
import { weightedOf } from './money.ts'
import { stageDots } from './stages.ts'
import { type BoardColumnView, useColumn } from './use-column.ts'
import type { DealQueryState } from './use-deal-query.ts'
import { useStages } from './use-stages.ts'
import type { Sums } from './use-statistics.ts'

interface BoardColumnProps {
  column: BoardColumnView
  /** By which its deals count in the weighted pipeline; none for the closed ones. */
  percent: number | undefined
  query: DealQueryState
  mayMove(deal: DealView): boolean
  events: CardEvents
  /** The card in use. */
  activeId: string | undefined
  /** The card that was picked up by Space, and whether it is held over this column. */
  liftedId: string | undefined
  heldOver: boolean
  helpId: string
  /** Finds a deal that was dragged here from another column. */
  findDeal(id: string): DealView | undefined
}

const money = (sums: Sums): string => sums.map(({ currency, value }) => formatCompactMoney(value, currency)).join(' · ')

function Head({ column, percent }: Pick<BoardColumnProps, 'column' | 'percent'>) {
  const { name } = useStages()
  const weighted = percent === undefined ? [] : weightedOf(column, percent)
  return (
    <header className="px-2 pt-1 pb-2.5">
      <h2 className="flex items-center gap-2 font-semibold text-sm">
        <span aria-hidden className={cn('size-2 rounded-full', stageDots[column.stage])} />
        {name(column.stage)}
      </h2>
      <p className="tabular mt-0.5 text-muted text-xs">
        {formatNumber(column.count)} {column.count === 1 ? 'deal' : 'deals'}
        {column.sums.length > 0 ? ` · ${money(column.sums)}` : ''}
      </p>
      {weighted.length > 0 ? <p className="tabular text-muted text-xs">{money(weighted)} weighted</p> : null}
    </header>
  )
}

/** Takes a deal that is dragged here, and scrolls while one is held at its edge. */
function useDropTarget({ column, events, findDeal }: Pick<BoardColumnProps, 'column' | 'events' | 'findDeal'>) {
  const ref = useRef<HTMLElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [over, setOver] = useState(false)
  const latest = useRef({ events, findDeal })
  useEffect(() => {
    latest.current = { events, findDeal }
  })
  useEffect(() => {
    const element = ref.current
    if (!element) return
    return dropTargetForElements({
      element,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false)
        const deal = latest.current.findDeal(String(source.data.dealId))
        if (deal && deal.stage !== column.stage) latest.current.events.move(deal, column.stage)
      },
    })
  }, [column.stage])
  useEffect(() => {
    if (scroller.current) return autoScrollForElements({ element: scroller.current })
  }, [])
  return { ref, scroller, over }
}

/** One stage: how many, how much, and the deals in it. */
export function BoardColumn(props: BoardColumnProps) {
  const { column, percent, query, mayMove, events, activeId, liftedId, heldOver, helpId, findDeal } = props
  const { name } = useStages()
  const { deals, hasMore, isLoading, loadMore } = useColumn(query, column)
  const { ref, scroller, over } = useDropTarget({ column, events, findDeal })
  useEffect(() => {
    if (heldOver) ref.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [heldOver, ref])
  return (
    <section
      ref={ref}
      aria-label={name(column.stage)}
      data-column={column.stage}
      className={cn(
        'flex w-72 shrink-0 flex-col rounded-2xl bg-sunken/70 p-2 transition-colors max-sm:w-[85vw]',
        (over || heldOver) && 'bg-accent-soft ring-2 ring-accent',
      )}
    >
      <Head column={column} percent={percent} />
      <div ref={scroller} className="grid max-h-[62dvh] content-start gap-2 overflow-y-auto p-0.5">
        {deals.map((deal) => (
          <DealCard
            key={deal.id}
            deal={deal}
            mayMove={mayMove(deal)}
            active={deal.id === activeId}
            lifted={deal.id === liftedId}
            opened={deal.id === query.openDeal}
            helpId={helpId}
            events={events}
          />
        ))}
        {deals.length === 0 ? <p className="px-2 py-6 text-center text-muted text-sm">No deals here</p> : null}
        {hasMore ? (
          <Button kind="ghost" size="sm" onClick={loadMore} disabled={isLoading}>
            {isLoading ? 'Loading…' : 'Load more'}
          </Button>
        ) : null}
      </div>
    </section>
  )
}
