'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { DuplicatePair, MergeKind, MergePreview } from '@throughline/contracts'
import { Alert, Button, cn, Dialog, ErrorState, messageOf, Skeleton, toast } from '@throughline/ui'
import { ArrowLeftRight } from 'lucide-react'
import { useState } from 'react'
import { type Going, useGoing } from '../records/use-going.ts'
import { useStaleRecords } from '../records/use-trash.ts'
import { fieldLabels, movesOf, wordsOf } from './duplicate-words.ts'
import { postMerge, postUndoMerge, readPreview } from './duplicates.api.ts'

type Field = MergePreview['fields'][number]

function Choice({ field, taken, onTake }: { field: Field; taken: boolean; onTake(taken: boolean): void }) {
  const label = fieldLabels[field.field] ?? field.field
  const option = (value: string, chosen: boolean, take: boolean) => (
    <label
      className={cn(
        'flex items-start gap-2 rounded-lg border border-line px-2.5 py-1.5 [overflow-wrap:anywhere]',
        chosen && 'border-accent bg-accent-soft',
      )}
    >
      <input
        type="radio"
        name={field.field}
        checked={chosen}
        onChange={() => onTake(take)}
        className="mt-1 accent-accent"
      />
      {value}
    </label>
  )
  return (
    <fieldset className="grid gap-1">
      <legend className="font-medium">{label}</legend>
      <div className="grid grid-cols-2 gap-2">
        {option(wordsOf(field.kept), !taken, false)}
        {option(wordsOf(field.merged), taken, true)}
      </div>
    </fieldset>
  )
}

/** What needs no decision: it is the same, only one has it, or both are joined. */
const Settled = ({ fields }: { fields: readonly Field[] }) => (
  <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-y-1.5">
    {fields.map(({ field, result }) => (
      <div key={field} className="contents">
        <dt className="text-muted">{fieldLabels[field] ?? field}</dt>
        <dd className="whitespace-pre-line [overflow-wrap:anywhere]">{wordsOf(result)}</dd>
      </div>
    ))}
  </dl>
)

function useMerge(kind: MergeKind, going: Going, onDone: () => void) {
  const refresh = useStaleRecords()
  const undo = useMutation({
    mutationFn: postUndoMerge,
    onSuccess: () => toast.success('The merge was undone'),
    onError: (error) => toast.error(messageOf(error)),
    onSettled: refresh,
  })
  return useMutation({
    mutationFn: (wish: { keepId: string; mergeId: string; take: string[] }) => postMerge({ kind, ...wish }),
    ...going,
    onSuccess: ({ id }) => {
      toast.success('Merged into one', { action: { label: 'Undo', onClick: () => undo.mutate(id) } })
      onDone()
    },
    onSettled: refresh,
  })
}

/** Two records side by side: which stays, and what of each. */
export function MergeDialog({ kind, pair, onClose }: { kind: MergeKind; pair: DuplicatePair; onClose(): void }) {
  const [swapped, setSwapped] = useState(false)
  const [take, setTake] = useState<string[]>([])
  // The older record stays unless somebody decides otherwise.
  const [kept, other] = swapped ? [pair.newer, pair.older] : [pair.older, pair.newer]
  const ids = { keepId: kept.id, mergeId: other.id }
  const { isGoing, going } = useGoing(`${pair.older.id} ${pair.newer.id}`)
  const { mutate, isPending, error } = useMerge(kind, going, onClose)
  const preview = useQuery({
    queryKey: ['duplicates', 'preview', kind, ids],
    queryFn: ({ signal }) => readPreview({ kind, ...ids }, signal),
    enabled: !isGoing,
  })
  const toggle = (field: string) => (taken: boolean) =>
    setTake((before) => (taken ? [...before, field] : before.filter((name) => name !== field)))
  const swap = () => {
    setSwapped(!swapped)
    setTake([])
  }
  const { fields = [], moves, obstacles = [] } = preview.data ?? {}
  const moving = moves ? movesOf(moves) : ''
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Merge into one">
      <div className="grid gap-4 text-sm">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        {obstacles.map((obstacle) => (
          <Alert key={obstacle}>{obstacle}</Alert>
        ))}
        <div className="grid grid-cols-2 gap-2">
          <p className="[overflow-wrap:anywhere]">
            <span className="block text-muted text-xs">Stays</span>
            <span className="font-semibold">{kept.name}</span>
          </p>
          <p className="[overflow-wrap:anywhere]">
            <span className="block text-muted text-xs">Goes into it</span>
            <span className="font-semibold">{other.name}</span>
          </p>
        </div>
        <Button size="sm" kind="ghost" onClick={swap} className="justify-self-start">
          <ArrowLeftRight aria-hidden /> Keep the other one
        </Button>
        {preview.error ? <ErrorState error={preview.error} onRetry={() => void preview.refetch()} /> : null}
        {preview.isPending ? <Skeleton className="h-52" /> : null}
        {fields
          .filter(({ choice }) => choice)
          .map((field) => (
            <Choice key={field.field} field={field} taken={take.includes(field.field)} onTake={toggle(field.field)} />
          ))}
        <Settled fields={fields.filter(({ choice }) => !choice)} />
        {preview.data ? (
          <p className="text-muted">
            {moving ? `${moving} will belong to the one that stays.` : 'Nothing else is linked to the one that goes.'}{' '}
            It can be undone until something of it is changed.
          </p>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            onClick={() => mutate({ ...ids, take })}
            disabled={isPending || !preview.data || obstacles.length > 0}
          >
            Merge
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
