'use client'
import type { DealDetail } from '@throughline/contracts'
import { Field, Input, Select, TagInput, Textarea } from '@throughline/ui'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useDealActions } from './deal-actions.tsx'
import { type EditKind, readEdit, textOf } from './deal-edits.ts'
import { isPriority, priorityChoices } from './stages.ts'
import { cleanTag } from './tags.ts'
import { useMembers } from './use-members.ts'

interface PartProps {
  deal: DealDetail
  editable: boolean
}

type Typed = HTMLInputElement | HTMLTextAreaElement

/** A field that saves itself: Enter or leaving it saves, Escape reverts. In notes Enter begins a line, Ctrl-Enter saves. */
function SavedField({
  deal,
  editable,
  kind,
  label,
  className,
}: PartProps & { kind: EditKind; label: string; className?: string }) {
  const { save } = useDealActions()
  const said = textOf(kind, deal)
  const [typed, setTyped] = useState<string>()
  const [refusal, setRefusal] = useState<string>()
  const [busy, setBusy] = useState(false)
  // What the deal was when the typing began: a change made meanwhile by somebody else is not written over.
  const base = useRef(deal)
  const change = (value: string) => {
    if (typed === undefined) base.current = deal
    setTyped(value)
    setRefusal(undefined)
  }
  const revert = () => {
    setTyped(undefined)
    setRefusal(undefined)
  }
  const take = () => {
    if (typed === undefined || busy) return
    const read = readEdit(kind, base.current, typed)
    setRefusal(read.refusal)
    if (read.refusal) return
    if (!read.changes) return revert()
    setBusy(true)
    void save(base.current, read.changes).then(() => {
      setBusy(false)
      revert()
    })
  }
  const onKeyDown = (event: KeyboardEvent<Typed>) => {
    const lines = kind === 'notes' && !(event.ctrlKey || event.metaKey)
    if (event.key === 'Enter' && !lines) {
      event.preventDefault()
      take()
    } else if (event.key === 'Escape') revert()
  }
  const Control = kind === 'notes' ? Textarea : Input
  return (
    <Field label={label} error={refusal} className={className}>
      {(ids) => (
        <Control
          {...ids}
          {...(kind === 'closeDate' ? { type: 'date' } : {})}
          data-own-escape={typed === undefined ? undefined : ''}
          inputMode={kind === 'value' ? 'decimal' : undefined}
          placeholder={kind === 'probability' ? 'That of its stage' : undefined}
          aria-busy={busy}
          disabled={!editable}
          value={typed ?? said}
          onChange={(event: { target: Typed }) => change(event.target.value)}
          onBlur={take}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  )
}

function Owner({ deal, editable }: PartProps) {
  const { save, mayAssign } = useDealActions()
  const { owners } = useMembers()
  const known = deal.owner === null || owners.some(({ value }) => value === deal.owner?.id)
  return (
    <Field label="Owner">
      {(ids) => (
        <Select
          {...ids}
          value={deal.owner?.id ?? ''}
          disabled={!editable || !mayAssign}
          onChange={(event) => void save(deal, { ownerId: event.target.value || null })}
        >
          <option value="">Nobody</option>
          {deal.owner && !known ? <option value={deal.owner.id}>{deal.owner.name}</option> : null}
          {owners.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

function Priority({ deal, editable }: PartProps) {
  const { save } = useDealActions()
  return (
    <Field label="Priority">
      {(ids) => (
        <Select
          {...ids}
          value={deal.priority}
          disabled={!editable}
          onChange={(event) => isPriority(event.target.value) && void save(deal, { priority: event.target.value })}
        >
          {priorityChoices.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

/** What is known of the deal itself; every field saves itself. */
export function PanelFields({ deal, editable }: PartProps) {
  const { save } = useDealActions()
  const part = { deal, editable }
  return (
    <div className="grid grid-cols-2 gap-x-3 gap-y-4">
      <SavedField {...part} kind="title" label="Title" className="col-span-2" />
      <SavedField {...part} kind="value" label={`Value (${deal.currency})`} />
      <SavedField {...part} kind="closeDate" label="Close date" />
      <Owner {...part} />
      <Priority {...part} />
      <SavedField {...part} kind="source" label="Source" />
      <SavedField {...part} kind="probability" label="Probability in %" />
      <Field label="Tags" className="col-span-2">
        {(ids) => (
          <TagInput
            {...ids}
            value={deal.tags}
            clean={cleanTag}
            disabled={!editable}
            onChange={(tags) => void save(deal, { tags })}
          />
        )}
      </Field>
      <SavedField {...part} kind="notes" label="Notes" className="col-span-2" />
    </div>
  )
}
