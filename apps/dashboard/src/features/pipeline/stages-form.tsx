'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  type DealStage,
  openStages,
  type PipelineStage,
  type PipelineView,
  type UpdatePipeline,
} from '@throughline/contracts'
import { Alert, Button, Field, Input, issueAt, messageOf, toast } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { moved } from '../settings/moved.ts'
import { OrderButtons } from '../settings/order-buttons.tsx'
import { putPipeline } from './pipeline.api.ts'
import { pipelineKey } from './use-pipeline.ts'

/** A stage as it is typed: a probability may be half a number for a moment. */
interface Draft {
  stage: DealStage
  name: string
  probability: string
}

const draftOf = ({ stage, name, probability }: PipelineStage): Draft => ({
  stage,
  name,
  probability: String(probability),
})
const isOpen = (stage: DealStage): stage is (typeof openStages)[number] => openStages.some((open) => open === stage)

function bodyOf(drafts: readonly Draft[], changedAt: string | null): UpdatePipeline {
  const nameOf = (stage: DealStage) => drafts.find((draft) => draft.stage === stage)?.name.trim() ?? ''
  const open = drafts.flatMap(({ stage, name, probability }) =>
    isOpen(stage) ? [{ stage, name: name.trim(), probability: Number(probability) }] : [],
  )
  return { open, won: nameOf('CLOSED_WON'), lost: nameOf('CLOSED_LOST'), changedAt }
}

interface StageRowProps {
  draft: Draft
  /** What it is called now: the name of the row while another is typed. */
  known: string
  /** Among the open ones. */
  place: { index: number; count: number } | undefined
  error: { name?: string; probability?: string }
  onChange(change: Partial<Draft>): void
  onMove(step: -1 | 1): void
}

function StageRow({ draft, known, place, error, onChange, onMove }: StageRowProps) {
  return (
    <fieldset
      aria-label={known}
      className="flex flex-wrap items-start gap-3 border-line border-t py-3 first:border-t-0"
    >
      <Field label="Name" error={error.name} className="min-w-40 flex-1">
        {(ids) => (
          <Input
            {...ids}
            value={draft.name}
            required
            maxLength={40}
            onChange={({ target }) => onChange({ name: target.value })}
          />
        )}
      </Field>
      <Field label="Probability (%)" error={error.probability} className="w-28">
        {(ids) => (
          <Input
            {...ids}
            type="number"
            min={0}
            max={100}
            step={1}
            required
            value={draft.probability}
            disabled={place === undefined}
            onChange={({ target }) => onChange({ probability: target.value })}
            className="tabular text-right"
          />
        )}
      </Field>
      <div className="flex h-9 w-18 items-center self-end">
        {place ? (
          <OrderButtons
            name={known}
            isFirst={place.index === 0}
            isLast={place.index === place.count - 1}
            onMove={onMove}
          />
        ) : null}
      </div>
    </fieldset>
  )
}

/** All stages at once: a name that moves from one to the other is no clash on the way. */
export function StagesForm({ pipeline, editable }: { pipeline: PipelineView; editable: boolean }) {
  const client = useQueryClient()
  // What is edited. Others may change the pipeline meanwhile; what somebody types is not taken from under their hands.
  const [base, setBase] = useState(pipeline)
  const [drafts, setDrafts] = useState(() => pipeline.stages.map(draftOf))
  const [said, setSaid] = useState('')
  const show = (shown: PipelineView) => {
    setBase(shown)
    setDrafts(shown.stages.map(draftOf))
  }
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: putPipeline,
    onSuccess: (saved) => {
      client.setQueryData(pipelineKey, saved)
      show(saved)
      toast.success('Saved')
    },
    onError: () => client.invalidateQueries({ queryKey: pipelineKey }),
  })
  const knownOf = (stage: DealStage) => base.stages.find((known) => known.stage === stage)?.name ?? stage
  const change = (stage: DealStage, part: Partial<Draft>) =>
    setDrafts(drafts.map((draft) => (draft.stage === stage ? { ...draft, ...part } : draft)))
  const openCount = drafts.filter(({ stage }) => isOpen(stage)).length
  const move = (index: number, step: -1 | 1) => {
    const draft = drafts[index]
    setDrafts(moved(drafts, index, step))
    if (draft) setSaid(`${knownOf(draft.stage)} is ${index + step + 1} of ${openCount} now`)
  }
  const errorOf = (stage: DealStage, index: number) =>
    isOpen(stage)
      ? {
          name: issueAt(error, `open.${index}.name`),
          probability: issueAt(error, `open.${index}.probability`),
        }
      : { name: issueAt(error, stage === 'CLOSED_WON' ? 'won' : 'lost') }
  const overtaken = pipeline.changedAt !== base.changedAt
  const showTheirs = () => {
    reset()
    show(pipeline)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    mutate(bodyOf(drafts, base.changedAt))
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      {overtaken ? (
        <Alert className="flex flex-wrap items-center justify-between gap-3">
          Somebody changed the stages in the meantime.
          <Button size="sm" onClick={showTheirs}>
            Show theirs
          </Button>
        </Alert>
      ) : null}
      {error && !overtaken ? <Alert>{messageOf(error)}</Alert> : null}
      <fieldset disabled={!editable} aria-label="Stages">
        {drafts.map((draft, index) => (
          <StageRow
            key={draft.stage}
            draft={draft}
            known={knownOf(draft.stage)}
            place={isOpen(draft.stage) ? { index, count: openCount } : undefined}
            error={errorOf(draft.stage, index)}
            onChange={(part) => change(draft.stage, part)}
            onMove={(step) => move(index, step)}
          />
        ))}
      </fieldset>
      <p role="status" className="sr-only">
        {said}
      </p>
      {editable ? (
        <Button kind="primary" type="submit" disabled={isPending} className="justify-self-end">
          Save stages
        </Button>
      ) : (
        <p className="text-muted text-sm">Owners and admins change these.</p>
      )}
    </form>
  )
}
