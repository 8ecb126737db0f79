'use client'
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { DealView } from '@throughline/contracts'
import { cn, formatCompactMoney } from '@throughline/ui'
import { memo, useEffect, useRef, useState } from 'react'
import { isPlain } from './deal-row.tsx'
import { addSums } from './money.ts'
import { longDay } from './month.ts'
import { stageDots } from './stages.ts'

export interface DayEvents {
  hrefOf(id: string): string
  open(id: string): void
  reach(day: string): void
  /** Shows all deals of a day. */
  show(day: string): void
  drop(dealId: string, day: string): void
  mayMove(deal: DealView): boolean
}

/** So many fit into a day; the others are in its dialog. */
const fitting = 3

function DayDeal({ deal, events }: { deal: DealView; events: DayEvents }) {
  const ref = useRef<HTMLAnchorElement>(null)
  const mayMove = events.mayMove(deal)
  useEffect(() => {
    const element = ref.current
    if (!element || !mayMove) return
    return draggable({ element, getInitialData: () => ({ dealId: deal.id }) })
  }, [deal.id, mayMove])
  return (
    <a
      ref={ref}
      href={events.hrefOf(deal.id)}
      tabIndex={-1}
      title={deal.title}
      onClick={(event) => {
        if (!isPlain(event)) return
        event.preventDefault()
        events.open(deal.id)
      }}
      className="flex min-w-0 items-center gap-1.5 rounded-md bg-sunken px-1.5 py-1 text-xs hover:bg-accent-soft hover:text-accent-ink"
    >
      <span aria-hidden className={cn('size-1.5 shrink-0 rounded-full', stageDots[deal.stage])} />
      <span className="truncate">{deal.title}</span>
    </a>
  )
}

interface CalendarDayProps {
  day: string
  deals: readonly DealView[]
  inMonth: boolean
  today: boolean
  active: boolean
  events: DayEvents
}

const total = (deals: readonly DealView[]): string =>
  addSums(deals)
    .map(({ currency, value }) => formatCompactMoney(value, currency))
    .join(' · ')

/** One day: the deals that are expected to close on it. Deals are dropped here, or moved in its dialog. */
export const CalendarDay = memo(function CalendarDay(props: CalendarDayProps) {
  const { day, deals, inMonth, today, active, events } = props
  const ref = useRef<HTMLTableCellElement>(null)
  const [over, setOver] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    return dropTargetForElements({
      element,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false)
        events.drop(String(source.data.dealId), day)
      },
    })
  }, [day, events])
  const count = deals.length === 0 ? 'no deals' : deals.length === 1 ? '1 deal' : `${deals.length} deals`
  return (
    <td
      ref={ref}
      className={cn(
        'h-28 border-line border-t border-l p-1 align-top first:border-l-0',
        !inMonth && 'bg-sunken/50',
        over && 'bg-accent-soft',
      )}
    >
      <div className="flex items-center justify-between gap-1">
        <button
          type="button"
          data-day={day}
          tabIndex={active ? 0 : -1}
          aria-label={`${longDay(day)}, ${count}`}
          aria-current={today ? 'date' : undefined}
          onFocus={() => events.reach(day)}
          onClick={() => events.show(day)}
          className={cn(
            'tabular grid size-6 shrink-0 place-items-center rounded-full text-xs',
            inMonth ? 'font-medium' : 'text-muted',
            today ? 'bg-accent text-on-accent' : 'hover:bg-sunken',
          )}
        >
          {Number(day.slice(8))}
        </button>
        <span className="tabular truncate pr-1 text-muted text-xs">{total(deals)}</span>
      </div>
      <div className="mt-0.5 grid gap-0.5">
        {deals.slice(0, deals.length > fitting ? fitting - 1 : fitting).map((deal) => (
          <DayDeal key={deal.id} deal={deal} events={events} />
        ))}
        {deals.length > fitting ? (
          <button
            type="button"
            tabIndex={-1}
            className="rounded-md px-1.5 py-0.5 text-left text-muted text-xs hover:bg-sunken"
            onClick={() => events.show(day)}
          >
            {deals.length - fitting + 1} more
          </button>
        ) : null}
      </div>
    </td>
  )
})
