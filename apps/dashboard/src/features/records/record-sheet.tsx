'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Alert, Button, ErrorState, Sheet, Skeleton, toast, useSession } from '@throughline/ui'
import type { FormEvent, ReactNode } from 'react'
import { refusalOf } from '../settings/refusal.ts'
import { TimelinePanel } from '../timeline/timeline-panel.tsx'
import { DealsPart, type RecordDeal } from './record-parts.tsx'
import { kindOf, type Records } from './records.api.ts'
import { DeleteButton } from './trash-actions.tsx'
import { useGoing } from './use-going.ts'
import { type NamedRecord, useStaleRecords } from './use-trash.ts'

interface ShownRecord extends NamedRecord {
  owner: { id: string } | null
  dealCount: number
  deals: readonly RecordDeal[]
}

interface RecordSheetProps<Shown extends ShownRecord> {
  what: Records
  /** Empty when none is open. */
  id: string
  onClose(): void
  read(id: string, signal: AbortSignal): Promise<Shown>
  change(record: Shown, form: FormData): Promise<unknown>
  /** The fields of its form. */
  fields(record: Shown, error: unknown): ReactNode
  /** Above the form. */
  facts(record: Shown): ReactNode
  /** What belongs to it besides its deals. */
  parts?(record: Shown): ReactNode
  /** `3 contacts and 2 deals` that stay when it is deleted. */
  stays(record: Shown): string
}

type FormProps<Shown extends ShownRecord> = Pick<RecordSheetProps<Shown>, 'what' | 'change' | 'fields'> & {
  record: Shown
  editable: boolean
}

function RecordForm<Shown extends ShownRecord>({ what, record, editable, change, fields }: FormProps<Shown>) {
  const refresh = useStaleRecords()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (form: FormData) => change(record, form),
    onSuccess: () => toast.success('Saved'),
    onSettled: refresh,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate(new FormData(event.currentTarget))
  }
  return (
    <form onSubmit={submit} aria-label={kindOf[what].title} className="grid gap-4">
      {error ? <Alert>{refusalOf(error, `this ${kindOf[what].kind}`)}</Alert> : null}
      <fieldset disabled={!editable} className="grid gap-4">
        {fields(record, error)}
      </fieldset>
      {editable ? (
        <Button kind="primary" type="submit" disabled={isPending} className="justify-self-end">
          Save changes
        </Button>
      ) : null}
    </form>
  )
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
          <RecordForm key={`${record.id}-${record.version}`} {...props} record={record} editable={editable} />
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
