'use client'
import type { DealView } from '@throughline/contracts'
import { Badge, Checkbox, formatDay, formatMoney, Skeleton } from '@throughline/ui'
import { memo, useId } from 'react'
import { DealMenu } from './deal-menu.tsx'
import { isPlain } from './deal-row.tsx'
import { priorityLabels, priorityTones, stageTones } from './stages.ts'
import { type DealQueryState, dealAddress } from './use-deal-query.ts'
import type { RowSelection } from './use-selection.ts'
import { useStages } from './use-stages.ts'

interface CardProps {
  deal: DealView
  href: string
  selected: boolean
  onOpen(id: string): void
  onSelect(id: string): void
}

const DealListCard = memo(function DealListCard({ deal, href, selected, onOpen, onSelect }: CardProps) {
  const { name } = useStages()
  return (
    // The browser leaves out what is not in sight.
    <li className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-3 gap-y-1 p-3.5 [contain-intrinsic-size:auto_5.5rem] [content-visibility:auto]">
      <Checkbox
        aria-label={`Select ${deal.title}`}
        checked={selected}
        onChange={() => onSelect(deal.id)}
        className="mt-1 size-5"
      />
      <a
        href={href}
        className="font-medium leading-snug [overflow-wrap:anywhere]"
        onClick={(event) => {
          if (!isPlain(event)) return
          event.preventDefault()
          onOpen(deal.id)
        }}
      >
        {deal.title}
        {deal.company ? <span className="block truncate text-muted text-sm">{deal.company.name}</span> : null}
      </a>
      <span className="row-span-2">
        <DealMenu deal={deal} onOpen={() => onOpen(deal.id)} />
      </span>
      <div className="col-start-2 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        <Badge tone={stageTones[deal.stage]}>{name(deal.stage)}</Badge>
        {deal.priority === 'HIGH' || deal.priority === 'URGENT' ? (
          <Badge tone={priorityTones[deal.priority]}>{priorityLabels[deal.priority]}</Badge>
        ) : null}
        <span className="tabular font-semibold">{formatMoney(deal.value, deal.currency)}</span>
        <span className="text-muted text-xs">
          {[deal.owner?.name, deal.expectedCloseDate && `closes ${formatDay(deal.expectedCloseDate)}`]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
    </li>
  )
})

/** The list where there is no room for a table. */
export function DealCards({
  deals,
  query,
  selection,
}: {
  deals: readonly DealView[] | undefined
  query: DealQueryState
  selection: RowSelection
}) {
  const open = (id: string) => query.set({ deal: id })
  const allId = useId()
  const ids = deals?.map(({ id }) => id) ?? []
  const all = ids.length > 0 && ids.every(selection.has)
  return (
    <>
      {deals ? (
        <div className="flex min-h-11 items-center gap-3 px-3.5 text-sm">
          <Checkbox
            id={allId}
            checked={all}
            onChange={() => (all ? selection.clear() : selection.choose(ids))}
            className="size-5"
          />
          <label htmlFor={allId}>{all ? 'Select none' : `Select all ${ids.length} shown`}</label>
        </div>
      ) : null}
      <ul aria-label="Deals" className="divide-y divide-line rounded-2xl border border-line bg-surface shadow-card">
        {deals ? (
          deals.map((deal) => (
            <DealListCard
              key={deal.id}
              deal={deal}
              href={dealAddress('/deals', query.text, deal.id)}
              selected={selection.has(deal.id)}
              onOpen={open}
              onSelect={selection.toggle}
            />
          ))
        ) : (
          <li className="p-4">
            <Skeleton className="h-64" />
          </li>
        )}
      </ul>
    </>
  )
}
