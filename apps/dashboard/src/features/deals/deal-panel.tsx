'use client'
import { useQuery } from '@tanstack/react-query'
import type { DealDetail } from '@throughline/contracts'
import {
  Badge,
  Button,
  ErrorState,
  formatAge,
  formatInstant,
  formatMoney,
  Notice,
  SidePanel,
  Skeleton,
  useHotkeys,
  useSession,
} from '@throughline/ui'
import { ChevronDown, ChevronUp, RotateCcw, Trash2 } from 'lucide-react'
import type { RefObject } from 'react'
import { useDealActions } from './deal-actions.tsx'
import { readDeal } from './deals.api.ts'
import { PanelFields } from './panel-fields.tsx'
import { PanelHistory } from './panel-history.tsx'
import { PanelPeople } from './panel-people.tsx'
import { CustomFieldsSlot, FundSlot, ScoreSlot, TimelineSlot } from './panel-slots.tsx'
import { PanelStage } from './panel-stage.tsx'
import { stageTones } from './stages.ts'
import type { DealQueryState } from './use-deal-query.ts'
import { useStages } from './use-stages.ts'

interface DealPanelProps {
  query: DealQueryState
  shown: RefObject<readonly string[]>
}

/** Takes the panel to a neighbour in the list it was opened from. */
function useNeighbours({ query, shown }: DealPanelProps) {
  const go = (step: number) => {
    const index = shown.current.indexOf(query.openDeal ?? '')
    const next = shown.current[index + step]
    if (index >= 0 && next) query.set({ deal: next }, 'replace')
  }
  return { next: () => go(1), previous: () => go(-1) }
}

function Tools({ deal, onPrevious, onNext }: { deal: DealDetail | undefined; onPrevious(): void; onNext(): void }) {
  const { mayDelete, remove } = useDealActions()
  const icon = 'size-8 text-muted'
  return (
    <>
      {deal && deal.deletedAt === null && mayDelete(deal) ? (
        <Button
          kind="ghost"
          size="icon"
          className={icon}
          aria-label="Delete deal"
          aria-keyshortcuts="#"
          onClick={() => remove(deal)}
        >
          <Trash2 aria-hidden />
        </Button>
      ) : null}
      <Button
        kind="ghost"
        size="icon"
        className={icon}
        aria-label="Previous deal"
        aria-keyshortcuts="k"
        onClick={onPrevious}
      >
        <ChevronUp aria-hidden />
      </Button>
      <Button kind="ghost" size="icon" className={icon} aria-label="Next deal" aria-keyshortcuts="j" onClick={onNext}>
        <ChevronDown aria-hidden />
      </Button>
    </>
  )
}

function InTrash({ deal }: { deal: DealDetail }) {
  const { mayDelete, mayPurge, restore, askPurge } = useDealActions()
  return (
    <Notice tone="warn" className="flex flex-wrap items-center justify-between gap-2">
      In the trash since {formatAge(deal.deletedAt ?? deal.updatedAt)}
      <span className="flex flex-wrap gap-2">
        {mayDelete(deal) ? (
          <Button size="sm" onClick={() => restore(deal)}>
            <RotateCcw aria-hidden /> Put back
          </Button>
        ) : null}
        {mayPurge ? (
          <Button size="sm" kind="ghost" onClick={() => askPurge(deal)}>
            <Trash2 aria-hidden /> Delete for good
          </Button>
        ) : null}
      </span>
    </Notice>
  )
}

function Holds({ holds }: { holds: readonly string[] }) {
  if (holds.length === 0) return null
  return (
    <Notice tone="info">
      This deal cannot be re-opened, because something was built on its being won: {holds.join(', ')}. Cancel that
      first.
    </Notice>
  )
}

function Content({ deal }: { deal: DealDetail }) {
  const { user } = useSession()
  const { name } = useStages()
  const { mayEdit } = useDealActions()
  const editable = mayEdit(deal)
  return (
    <div className="grid gap-5">
      {deal.deletedAt === null ? null : <InTrash deal={deal} />}
      <div className="flex flex-wrap items-center gap-2 text-sm">
        <Badge tone={stageTones[deal.stage]}>{name(deal.stage)}</Badge>
        <span className="tabular font-semibold text-base">{formatMoney(deal.value, deal.currency)}</span>
        <span className="text-muted" title={formatInstant(deal.updatedAt, user?.tenant?.timezone)}>
          changed {formatAge(deal.updatedAt)}
        </span>
      </div>
      <Holds holds={deal.holds} />
      {editable || deal.deletedAt !== null ? null : (
        <p className="text-muted text-sm">
          {deal.owner
            ? `${deal.owner.name} owns this deal, so you can read it but not change it.`
            : 'You can read this deal but not change it.'}
        </p>
      )}
      <PanelStage deal={deal} editable={editable} />
      <FundSlot deal={deal} />
      <PanelFields deal={deal} editable={editable} />
      <CustomFieldsSlot deal={deal} editable={editable} />
      <PanelPeople deal={deal} editable={editable} />
      <ScoreSlot deal={deal} />
      {deal.deletedAt === null ? <TimelineSlot deal={deal} editable={editable} /> : <PanelHistory deal={deal} />}
    </div>
  )
}

/** One deal beside the layout it was opened from; the address leads to it. */
export function DealPanel({ query, shown }: DealPanelProps) {
  const { openDeal, set } = query
  const { mayEdit, mayDelete, askMove, remove } = useDealActions()
  const { next, previous } = useNeighbours({ query, shown })
  const { data: deal, error } = useQuery({
    queryKey: ['deal', openDeal],
    queryFn: ({ signal }) => readDeal(openDeal ?? '', signal),
    enabled: openDeal !== null,
  })
  const enabled = openDeal !== null
  useHotkeys([
    { key: 'j', label: 'Next deal', run: next, enabled, repeats: true },
    { key: 'k', label: 'Previous deal', run: previous, enabled, repeats: true },
    { key: 'm', label: 'Move', run: () => deal && mayEdit(deal) && askMove([deal]), enabled },
    {
      key: '#',
      label: 'Delete',
      run: () => deal && deal.deletedAt === null && mayDelete(deal) && remove(deal),
      enabled,
    },
  ])
  return (
    <SidePanel
      open={openDeal !== null}
      onClose={() => set({ deal: null })}
      title={deal?.title ?? 'Deal'}
      tools={<Tools deal={deal} onPrevious={previous} onNext={next} />}
    >
      {error ? <ErrorState error={error} /> : null}
      {!deal && !error ? <Skeleton className="h-96" /> : null}
      {deal ? <Content key={deal.id} deal={deal} /> : null}
    </SidePanel>
  )
}
