'use client'
import { Button, CheckList, type Choice, Field, Input, Sheet, Switch, TagInput } from '@throughline/ui'
import { type KeyboardEvent, useId, useState } from 'react'
import { type FilterName, only, readQuery } from './deal-query.ts'
import { priorityChoices } from './stages.ts'
import { cleanTag } from './tags.ts'
import type { DealQueryState } from './use-deal-query.ts'
import { useMembers } from './use-members.ts'
import { useStages } from './use-stages.ts'

interface PartProps {
  query: DealQueryState
}

const isTaken = (name: FilterName, value: string): boolean =>
  value === '' || readQuery(new URLSearchParams({ [name]: value })).dropped.length === 0

/** One end of a range: taken when it is left or Enter is pressed. */
function End({
  query,
  name,
  label,
  type,
  refusal,
}: PartProps & { name: FilterName; label: string; type: 'date' | 'decimal' | 'numeric'; refusal: string }) {
  const said = only(query.params, name)
  const [error, setError] = useState<string>()
  const take = (value: string) => {
    const typed = value.trim().replaceAll(',', '')
    setError(isTaken(name, typed) ? undefined : refusal)
    if (isTaken(name, typed) && typed !== said) query.set({ [name]: typed })
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter') take(event.currentTarget.value)
  }
  return (
    <Field label={label} error={error}>
      {(ids) => (
        <Input
          {...ids}
          // What the address says by now, when it says something else.
          key={said}
          defaultValue={said}
          type={type === 'date' ? 'date' : 'text'}
          inputMode={type === 'date' ? undefined : type}
          onBlur={(event) => take(event.target.value)}
          onKeyDown={onKeyDown}
        />
      )}
    </Field>
  )
}

const dateRefusal = 'A day like 2026-11-30'
const moneyRefusal = 'A number like 1250.00'
const scoreRefusal = 'A number from 0 to 100'

function Ranges({ query }: PartProps) {
  return (
    <div className="grid grid-cols-2 gap-3">
      <End query={query} name="valueMin" label="Value from" type="decimal" refusal={moneyRefusal} />
      <End query={query} name="valueMax" label="Value up to" type="decimal" refusal={moneyRefusal} />
      <End query={query} name="scoreMin" label="Score from" type="numeric" refusal={scoreRefusal} />
      <End query={query} name="scoreMax" label="Score up to" type="numeric" refusal={scoreRefusal} />
      <End query={query} name="closeFrom" label="Closes from" type="date" refusal={dateRefusal} />
      <End query={query} name="closeTo" label="Closes until" type="date" refusal={dateRefusal} />
      <End query={query} name="createdFrom" label="Created from" type="date" refusal={dateRefusal} />
      <End query={query} name="createdTo" label="Created until" type="date" refusal={dateRefusal} />
      <End query={query} name="closedFrom" label="Was closed from" type="date" refusal={dateRefusal} />
      <End query={query} name="closedTo" label="Was closed until" type="date" refusal={dateRefusal} />
    </div>
  )
}

function People({ query }: PartProps) {
  const { owners } = useMembers()
  const id = useId()
  const { params, set } = query
  return (
    <section aria-label="Owner" className="grid gap-2">
      <h3 className="font-medium text-sm">Owner</h3>
      <CheckList
        label="Owner"
        options={owners}
        value={params.ownerId ?? []}
        onChange={(ownerId) => set({ ownerId, unowned: null })}
      />
      <div className="flex items-center justify-between gap-3 text-sm">
        <label htmlFor={id}>Deals that are nobody's</label>
        <Switch
          id={id}
          checked={params.unowned !== undefined}
          onCheckedChange={(on) => set({ unowned: on ? 'true' : null, ownerId: null })}
        />
      </div>
    </section>
  )
}

const trimmed = (typed: string): string => typed.trim().slice(0, 80)
/** `industry: software` as the API reads it: `industry:software`. */
const cleanCustom = (typed: string): string => {
  const [key = '', ...value] = typed.split(/[:=]/)
  const filter = `${key.trim()}:${value.join(':').trim()}`
  return isTaken('custom', filter) ? filter : ''
}

/** Every filter there is, also those that have no place in the bar. */
export function FilterSheet({ query, open, onClose }: PartProps & { open: boolean; onClose(): void }) {
  const trashId = useId()
  const { choices } = useStages()
  const { params, set, clear } = query
  const box = (title: string, label: string, options: readonly Choice[], name: 'stage' | 'priority') => (
    <section aria-label={title} className="grid content-start gap-1">
      <h3 className="font-medium text-sm">{title}</h3>
      <CheckList
        label={label}
        options={options}
        value={params[name] ?? []}
        onChange={(next) => set({ [name]: next })}
      />
    </section>
  )
  return (
    <Sheet open={open} onOpenChange={(next) => !next && onClose()} title="Filters">
      <div className="grid gap-5">
        <div className="grid grid-cols-2 gap-3">
          {box('Stage', 'Stage', choices, 'stage')}
          {box('Priority', 'Priority', priorityChoices, 'priority')}
        </div>
        <People query={query} />
        <Field label="Tags" hint="Deals that have all of them">
          {(ids) => (
            <TagInput {...ids} value={params.tag ?? []} clean={cleanTag} onChange={(next) => set({ tag: next })} />
          )}
        </Field>
        <Field label="Source">
          {(ids) => (
            <TagInput
              {...ids}
              value={params.leadSource ?? []}
              clean={trimmed}
              onChange={(leadSource) => set({ leadSource })}
            />
          )}
        </Field>
        <Ranges query={query} />
        <Field label="Custom fields" hint="Like industry: software">
          {(ids) => (
            <TagInput {...ids} value={params.custom ?? []} clean={cleanCustom} onChange={(custom) => set({ custom })} />
          )}
        </Field>
        <div className="flex items-center justify-between gap-3 text-sm">
          <label htmlFor={trashId}>Show the trash</label>
          <Switch
            id={trashId}
            checked={params.deleted !== undefined}
            onCheckedChange={(on) => set({ deleted: on ? 'true' : null })}
          />
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={clear}>Clear all</Button>
          <Button kind="primary" onClick={onClose}>
            Show deals
          </Button>
        </div>
      </div>
    </Sheet>
  )
}
