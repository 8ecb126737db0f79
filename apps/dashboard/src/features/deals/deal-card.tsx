'use client'
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import type { DealStage, DealView } from '@throughline/contracts'
import {
  Avatar,
  Badge,
  Button,
  cn,
  formatDay,
  formatMoney,
  Menu,
  MenuContent,
  MenuItem,
  MenuTrigger,
} from '@throughline/ui'
import { Lock, MoveRight } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { isPlain } from './deal-row.tsx'
import { daysSince } from './deal-words.ts'
import { isClosed, priorityLabels, priorityTones } from './stages.ts'
import { useStages } from './use-stages.ts'

export interface CardEvents {
  hrefOf(id: string): string
  open(id: string): void
  move(deal: DealView, stage: DealStage): void
  reach(id: string): void
}

interface DealCardProps {
  deal: DealView
  mayMove: boolean
  /** The one card that Tab reaches. */
  active: boolean
  lifted: boolean
  opened: boolean
  /** Describes the keys. */
  helpId: string
  events: CardEvents
}

function MoveMenu({ deal, active, onMove }: { deal: DealView; active: boolean; onMove(stage: DealStage): void }) {
  const { order, name } = useStages()
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button
          kind="ghost"
          size="icon"
          className="-mt-1.5 -mr-1.5 size-8 text-muted"
          tabIndex={active ? 0 : -1}
          aria-label={`Move ${deal.title}`}
        >
          <MoveRight aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        {order
          .filter((stage) => stage !== deal.stage)
          .map((stage) => (
            <MenuItem key={stage} onSelect={() => onMove(stage)}>
              Move to {name(stage)}
            </MenuItem>
          ))}
      </MenuContent>
    </Menu>
  )
}

function Facts({ deal }: { deal: DealView }) {
  const urgent = deal.priority === 'HIGH' || deal.priority === 'URGENT'
  return (
    <>
      <div className="flex flex-wrap items-center gap-1.5 text-muted text-xs">
        {deal.company ? <span className="min-w-0 truncate">{deal.company.name}</span> : null}
        {urgent ? <Badge tone={priorityTones[deal.priority]}>{priorityLabels[deal.priority]}</Badge> : null}
      </div>
      <div className="flex items-center justify-between gap-2">
        <span className="tabular font-semibold text-sm">{formatMoney(deal.value, deal.currency)}</span>
        <span className="flex items-center gap-2">
          <span className="tabular text-muted text-xs">
            <span className="sr-only">Lead score </span>
            {deal.leadScore}
          </span>
          {deal.owner ? <Avatar name={deal.owner.name} /> : null}
        </span>
      </div>
      <p className="flex justify-between gap-2 text-muted text-xs">
        <span>{deal.expectedCloseDate ? `closes ${formatDay(deal.expectedCloseDate)}` : 'no close date'}</span>
        {isClosed(deal.stage) ? null : <span title="Time in this stage">{daysSince(deal.stageEnteredAt)}</span>}
      </p>
    </>
  )
}

/** One deal on the board: dragged, moved by its menu, or picked up by Space. */
export const DealCard = memo(function DealCard(props: DealCardProps) {
  const { deal, mayMove, active, lifted, opened, helpId, events } = props
  const ref = useRef<HTMLElement>(null)
  const [dragging, setDragging] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (!element || !mayMove) return
    return draggable({
      element,
      getInitialData: () => ({ dealId: deal.id }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    })
  }, [deal.id, mayMove])
  return (
    <article
      ref={ref}
      data-card={deal.id}
      tabIndex={active ? 0 : -1}
      aria-label={deal.title}
      aria-describedby={helpId}
      onFocus={() => events.reach(deal.id)}
      className={cn(
        // The browser leaves out what is not in sight.
        'group grid gap-1.5 rounded-xl border border-line bg-surface p-3 shadow-card [contain-intrinsic-size:auto_7.5rem] [content-visibility:auto]',
        mayMove && 'cursor-grab',
        dragging && 'opacity-50',
        opened && 'border-accent',
        lifted && 'border-accent ring-2 ring-accent',
      )}
    >
      <div className="flex items-start justify-between gap-2">
        <a
          href={events.hrefOf(deal.id)}
          tabIndex={-1}
          draggable={false}
          className="font-medium text-sm leading-snug hover:underline [overflow-wrap:anywhere]"
          onClick={(event) => {
            if (!isPlain(event)) return
            event.preventDefault()
            events.open(deal.id)
          }}
        >
          {deal.title}
        </a>
        {mayMove ? (
          <MoveMenu deal={deal} active={active} onMove={(stage) => events.move(deal, stage)} />
        ) : (
          <span title="Not yours to move" className="text-muted">
            <Lock aria-hidden className="size-3.5" />
            <span className="sr-only">Not yours to move</span>
          </span>
        )}
      </div>
      <Facts deal={deal} />
    </article>
  )
})
