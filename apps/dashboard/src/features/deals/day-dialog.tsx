'use client'
import type { DealView } from '@throughline/contracts'
import { Badge, Dialog, formatMoney, Input } from '@throughline/ui'
import { useDealActions } from './deal-actions.tsx'
import { longDay } from './month.ts'
import { stageTones } from './stages.ts'
import { useStages } from './use-stages.ts'

interface DayDialogProps {
  day: string | undefined
  deals: readonly DealView[]
  onClose(): void
  onOpen(id: string): void
}

function MoveToDay({ deal, day }: { deal: DealView; day: string }) {
  const { reschedule } = useDealActions()
  const take = (value: string) => {
    if (value !== '' && value !== day) reschedule(deal, value)
  }
  return (
    <Input
      type="date"
      aria-label={`Close date of ${deal.title}`}
      defaultValue={day}
      // While it is typed a date is another one with every key; it counts when it is left.
      onBlur={(event) => take(event.target.value)}
      onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
      className="h-8 w-36"
    />
  )
}

/** All deals of a day: opened from here, or given another day. */
export function DayDialog({ day, deals, onClose, onOpen }: DayDialogProps) {
  const { mayEdit } = useDealActions()
  const { name } = useStages()
  return (
    <Dialog
      open={day !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={day === undefined ? '' : `Closing on ${longDay(day)}`}
    >
      {deals.length === 0 ? <p className="text-muted text-sm">No deal is expected to close on this day.</p> : null}
      <ul className="divide-y divide-line">
        {deals.map((deal) => (
          <li key={deal.id} className="flex flex-wrap items-center gap-x-3 gap-y-2 py-2.5">
            <span className="min-w-0 flex-1 basis-52">
              <button
                type="button"
                onClick={() => onOpen(deal.id)}
                className="text-left font-medium text-sm hover:underline [overflow-wrap:anywhere]"
              >
                {deal.title}
              </button>
              <span className="mt-0.5 flex flex-wrap items-center gap-2 text-sm">
                <Badge tone={stageTones[deal.stage]}>{name(deal.stage)}</Badge>
                <span className="tabular">{formatMoney(deal.value, deal.currency)}</span>
              </span>
            </span>
            {day !== undefined && mayEdit(deal) ? <MoveToDay key={deal.id} deal={deal} day={day} /> : null}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
