'use client'
import { useQuery } from '@tanstack/react-query'
import { ErrorState, Sheet, Skeleton, useSession } from '@throughline/ui'
import type { ReactNode } from 'react'
import { TimelinePanel } from '../timeline/timeline-panel.tsx'
import { RecordForm, type RecordFormProps } from './record-form.tsx'
import { DealsPart, type RecordDeal } from './record-parts.tsx'
import { kindOf } from './records.api.ts'
import { DeleteButton } from './trash-actions.tsx'
import { useGoing } from './use-going.ts'
import type { NamedRecord } from './use-trash.ts'

interface ShownRecord extends NamedRecord {
  owner: { id: string } | null
  dealCount: number
  deals: readonly RecordDeal[]
}

interface RecordSheetProps<Shown extends ShownRecord>
  extends Pick<RecordFormProps<Shown>, 'what' | 'change' | 'fields'> {
  /** Empty when none is open. */
  id: string
  onClose(): void
  read(id: string, signal: AbortSignal): Promise<Shown>
  /** Above the form. */
  facts(record: Shown): ReactNode
  /** What belongs to it besides its deals. */
  parts?(record: Shown): ReactNode
  /** `3 contacts and 2 deals` that stay when it is deleted. */
  stays(record: Shown): string
}

/** One company or contact beside the list it was opened from. */
export function RecordSheet<Shown extends ShownRecord>(props: RecordSheetProps<Shown>) {
  const { what, id, onClose, read, facts, parts, stays } = props
  const { kind, title } = kindOf[what]
  const { isGoing, going } = useGoing(id)
  const { user, may } = useSession()
  const { data: record, error } = useQuery({
    queryKey: [kind, id],
    queryFn: ({ signal }) => read(id, signal),
    enabled: id !== '' && !isGoing,
  })
  const editable = may(`${kind}:update`) && (user?.role !== 'member' || record?.owner?.id === user?.id)
  return (
    <Sheet open={id !== ''} onOpenChange={(open) => !open && onClose()} title={record?.name ?? title}>
      {error ? <ErrorState error={error} /> : null}
      {!record && !error ? <Skeleton className="h-72" /> : null}
      {record ? (
        <div className="grid gap-6">
          {facts(record)}
          <RecordForm key={record.id} {...props} record={record} editable={editable} />
          {parts?.(record)}
          <DealsPart count={record.dealCount} deals={record.deals} />
          <section aria-label={`Timeline of the ${kind}`} className="grid gap-3">
            <h3 className="font-semibold text-sm">Timeline</h3>
            <TimelinePanel subject={{ kind, id: record.id }} writable={editable} isGoing={isGoing} />
          </section>
          {editable ? (
            <div>
              <DeleteButton what={what} record={record} stays={stays(record)} going={going} onDeleted={onClose} />
            </div>
          ) : null}
        </div>
      ) : null}
    </Sheet>
  )
}
