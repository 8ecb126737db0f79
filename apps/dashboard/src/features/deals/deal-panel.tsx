'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type DealStage, type DealView, dealPriorities, dealStages, type UpdateDeal } from '@throughline/contracts'
import {
  Alert,
  ApiError,
  Badge,
  Button,
  ErrorState,
  Field,
  formatAge,
  formatMoney,
  Input,
  messageOf,
  Select,
  Sheet,
  Skeleton,
  Textarea,
  toast,
  useSession,
} from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { patchDeal, readDeal, readMembers } from './deals.api.ts'
import { LostReasonDialog } from './lost-reason-dialog.tsx'
import { priorityLabels, stageLabels, stageTones } from './stages.ts'
import { type Move, useMoveDeal } from './use-move-deal.ts'

function changesOf(form: FormData): UpdateDeal {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  return {
    title: text('title'),
    value: text('value'),
    priority: dealPriorities.find((priority) => priority === text('priority')),
    ownerId: text('ownerId') || null,
    expectedCloseDate: text('expectedCloseDate') || null,
    notes: text('notes') || null,
  }
}

function StageMove({ deal }: { deal: DealView }) {
  const { mutate, isPending } = useMoveDeal()
  const [losing, setLosing] = useState<Move>()
  const choose = (stage: DealStage) => (stage === 'CLOSED_LOST' ? setLosing({ deal, stage }) : mutate({ deal, stage }))
  return (
    <>
      <Field label="Stage">
        {(ids) => (
          <Select
            {...ids}
            value={deal.stage}
            disabled={isPending}
            onChange={(event) => choose(event.target.value as DealStage)}
          >
            {dealStages.map((stage) => (
              <option key={stage} value={stage}>
                {stageLabels[stage]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <LostReasonDialog
        move={losing}
        onClose={() => setLosing(undefined)}
        onConfirm={(move) => {
          setLosing(undefined)
          mutate(move)
        }}
      />
    </>
  )
}

function DealForm({ deal, editable }: { deal: DealView; editable: boolean }) {
  const client = useQueryClient()
  const { data: members } = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => readMembers(signal) })
  const refresh = () =>
    Promise.all(['deal', 'deals', 'board', 'statistics'].map((key) => client.invalidateQueries({ queryKey: [key] })))
  const { mutate, isPending, error } = useMutation({
    mutationFn: (changes: UpdateDeal) => patchDeal(deal.id, deal.version, changes),
    onSuccess: () => toast.success('Saved'),
    onSettled: refresh,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate(changesOf(new FormData(event.currentTarget)))
  }
  const stale = error instanceof ApiError && error.status === 412
  return (
    <form onSubmit={submit} className="grid gap-4">
      {error ? (
        <Alert>
          {stale
            ? 'Somebody changed this deal in the meantime. What you see now is the newest version; make your change again.'
            : messageOf(error)}
        </Alert>
      ) : null}
      <fieldset disabled={!editable} className="grid gap-4">
        <Field label="Title">
          {(ids) => <Input {...ids} name="title" defaultValue={deal.title} required maxLength={200} />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={`Value (${deal.currency})`}>
            {(ids) => (
              <Input
                {...ids}
                name="value"
                defaultValue={deal.value}
                inputMode="decimal"
                pattern="-?\d{1,16}(\.\d{1,2})?"
                required
              />
            )}
          </Field>
          <Field label="Close date">
            {(ids) => (
              <Input {...ids} name="expectedCloseDate" type="date" defaultValue={deal.expectedCloseDate ?? ''} />
            )}
          </Field>
          <Field label="Priority">
            {(ids) => (
              <Select {...ids} name="priority" defaultValue={deal.priority}>
                {dealPriorities.map((priority) => (
                  <option key={priority} value={priority}>
                    {priorityLabels[priority]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label="Owner">
            {(ids) => (
              <Select {...ids} name="ownerId" defaultValue={deal.owner?.id ?? ''} key={members ? 'known' : 'unknown'}>
                <option value="">Nobody</option>
                {members?.data.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        </div>
        <Field label="Notes">
          {(ids) => <Textarea {...ids} name="notes" defaultValue={deal.notes ?? ''} maxLength={10_000} />}
        </Field>
      </fieldset>
      {editable ? (
        <Button kind="primary" type="submit" disabled={isPending} className="justify-self-end">
          Save changes
        </Button>
      ) : null}
    </form>
  )
}

/** One deal beside the list it was opened from. */
export function DealPanel({ dealId, onClose }: { dealId: string | null; onClose(): void }) {
  const { user, may } = useSession()
  const { data: deal, error } = useQuery({
    queryKey: ['deal', dealId],
    queryFn: ({ signal }) => readDeal(dealId ?? '', signal),
    enabled: dealId !== null,
  })
  const editable = may('deal:update') && (user?.role !== 'member' || deal?.owner?.id === user?.id)
  return (
    <Sheet open={dealId !== null} onOpenChange={(open) => !open && onClose()} title={deal?.title ?? 'Deal'}>
      {error ? <ErrorState error={error} /> : null}
      {!deal && !error ? <Skeleton className="h-72" /> : null}
      {deal ? (
        <div className="grid gap-5">
          <div className="flex flex-wrap items-center gap-2 text-sm">
            <Badge tone={stageTones[deal.stage]}>{stageLabels[deal.stage]}</Badge>
            <span className="tabular font-semibold">{formatMoney(deal.value, deal.currency)}</span>
            <span className="text-muted">
              score {deal.leadScore} · changed {formatAge(deal.updatedAt)}
            </span>
          </div>
          <dl className="grid grid-cols-[7rem_1fr] gap-y-1.5 text-sm">
            <dt className="text-muted">Company</dt>
            <dd>{deal.company?.name ?? '–'}</dd>
            <dt className="text-muted">Contact</dt>
            <dd>{deal.contact ? `${deal.contact.name}${deal.contact.email ? `, ${deal.contact.email}` : ''}` : '–'}</dd>
            <dt className="text-muted">Source</dt>
            <dd>{deal.leadSource ?? '–'}</dd>
            {deal.lostReason ? (
              <>
                <dt className="text-muted">Lost because</dt>
                <dd>{deal.lostReason}</dd>
              </>
            ) : null}
          </dl>
          {editable ? <StageMove deal={deal} /> : null}
          <DealForm key={`${deal.id}-${deal.version}`} deal={deal} editable={editable} />
        </div>
      ) : null}
    </Sheet>
  )
}
