'use client'
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { type DealStage, type DealView, dealStages } from '@throughline/contracts'
import { Avatar, Button, cn, formatMoney, Menu, MenuContent, MenuItem, MenuTrigger } from '@throughline/ui'
import { MoveRight } from 'lucide-react'
import Link from 'next/link'
import { useEffect, useRef, useState } from 'react'
import { stageLabels } from './stages.ts'

interface DealCardProps {
  deal: DealView
  mayMove: boolean
  onMove(stage: DealStage): void
}

/** One deal on the board: dragged, or moved by its menu. */
export function DealCard({ deal, mayMove, onMove }: DealCardProps) {
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
      className={cn(
        'group grid gap-2 rounded-xl border border-line bg-surface p-3 shadow-card',
        mayMove && 'cursor-grab',
        dragging && 'opacity-50',
      )}
    >
      <div className="flex items-start justify-between gap-2">
        <Link
          href={`/deals?deal=${deal.id}`}
          className="font-medium text-sm leading-snug hover:underline [overflow-wrap:anywhere]"
        >
          {deal.title}
        </Link>
        {mayMove ? (
          <Menu>
            <MenuTrigger asChild>
              <Button
                kind="ghost"
                size="icon"
                className="-mt-1.5 -mr-1.5 size-8 text-muted"
                aria-label={`Move ${deal.title}`}
              >
                <MoveRight aria-hidden />
              </Button>
            </MenuTrigger>
            <MenuContent>
              {dealStages
                .filter((stage) => stage !== deal.stage)
                .map((stage) => (
                  <MenuItem key={stage} onSelect={() => onMove(stage)}>
                    Move to {stageLabels[stage]}
                  </MenuItem>
                ))}
            </MenuContent>
          </Menu>
        ) : null}
      </div>
      {deal.company ? <p className="truncate text-muted text-xs">{deal.company.name}</p> : null}
      <div className="flex items-center justify-between gap-2">
        <span className="tabular font-semibold text-sm">{formatMoney(deal.value, deal.currency)}</span>
        <span className="flex items-center gap-2">
          <span className="tabular text-muted text-xs" title="Lead score, 0 to 100">
            {deal.leadScore}
          </span>
          {deal.owner ? <Avatar name={deal.owner.name} /> : null}
        </span>
      </div>
    </article>
  )
}
