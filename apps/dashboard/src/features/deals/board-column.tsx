'use client'
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useMutation } from '@tanstack/react-query'
import type { DealBoard, DealStage, DealView } from '@throughline/contracts'
import { Button, cn, formatCompactMoney, formatNumber, messageOf, toast } from '@throughline/ui'
import { useEffect, useRef, useState } from 'react'
import { DealCard } from './deal-card.tsx'
import { readColumn } from './deals.api.ts'
import { stageLabels } from './stages.ts'

interface BoardColumnProps {
  column: DealBoard['columns'][number]
  mayMove(deal: DealView): boolean
  onMove(deal: DealView, stage: DealStage): void
  /** Finds a deal that was dragged here from another column. */
  findDeal(id: string): DealView | undefined
}

const dots: Record<DealStage, string> = {
  LEAD: 'bg-muted',
  QUALIFIED: 'bg-info',
  NEGOTIATION: 'bg-warn',
  CLOSED_WON: 'bg-good',
  CLOSED_LOST: 'bg-bad',
}

/** Deals further down a column, fetched when somebody asks for them; they are dropped when the board is read anew. */
function useMore(column: BoardColumnProps['column']) {
  const [more, setMore] = useState<{ after: string | null; deals: DealView[]; next: string | null }>()
  const valid = more && more.after === column.nextCursor ? more : undefined
  const cursor = valid ? valid.next : column.nextCursor
  const { mutate, isPending } = useMutation({
    mutationFn: () => readColumn(column.stage, cursor ?? ''),
    onSuccess: ({ data, page }) =>
      setMore({ after: column.nextCursor, deals: [...(valid?.deals ?? []), ...data], next: page.nextCursor }),
    onError: (error) => toast.error(messageOf(error)),
  })
  return { deals: valid?.deals ?? [], hasMore: cursor !== null, load: () => mutate(), isPending }
}

/** One stage: how many, how much, and the deals in it. */
export function BoardColumn({ column, mayMove, onMove, findDeal }: BoardColumnProps) {
  const ref = useRef<HTMLElement>(null)
  const [over, setOver] = useState(false)
  const more = useMore(column)
  const drop = useRef({ onMove, findDeal })
  useEffect(() => {
    drop.current = { onMove, findDeal }
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
        const deal = drop.current.findDeal(String(source.data.dealId))
        if (deal && deal.stage !== column.stage) drop.current.onMove(deal, column.stage)
      },
    })
  }, [column.stage])

  const shown = new Set(column.deals.map(({ id }) => id))
  const deals = [...column.deals, ...more.deals.filter(({ id }) => !shown.has(id))]
  return (
    <section
      ref={ref}
      aria-label={stageLabels[column.stage]}
      className={cn(
        'flex w-72 shrink-0 flex-col rounded-2xl bg-sunken/70 p-2 transition-colors',
        over && 'bg-accent-soft',
      )}
    >
      <header className="px-2 pt-1 pb-2.5">
        <h2 className="flex items-center gap-2 font-semibold text-sm">
          <span aria-hidden className={cn('size-2 rounded-full', dots[column.stage])} />
          {stageLabels[column.stage]}
        </h2>
        <p className="tabular mt-0.5 text-muted text-xs">
          {formatNumber(column.count)} {column.count === 1 ? 'deal' : 'deals'}
          {column.sums.map(({ currency, value }) => ` · ${formatCompactMoney(value, currency)}`).join('')}
        </p>
      </header>
      <div className="grid max-h-[62dvh] content-start gap-2 overflow-y-auto p-0.5">
        {deals.map((deal) => (
          <DealCard key={deal.id} deal={deal} mayMove={mayMove(deal)} onMove={(stage) => onMove(deal, stage)} />
        ))}
        {deals.length === 0 ? <p className="px-2 py-6 text-center text-muted text-sm">No deals here</p> : null}
        {more.hasMore ? (
          <Button kind="ghost" size="sm" onClick={more.load} disabled={more.isPending}>
            Load more
          </Button>
        ) : null}
      </div>
    </section>
  )
}
