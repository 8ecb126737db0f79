'use client'
import { type DealStage, openStages, passedStages } from '@throughline/contracts'
import { Button, CheckList, type Choice, Field, Select, Sheet, Switch, TagInput } from '@throughline/ui'
import { useId } from 'react'
import { only } from './deal-query.ts'
import { isTaken, Ranges } from './filter-ranges.tsx'
import { priorityChoices } from './stages.ts'
import { cleanTag } from './tags.ts'
import type { DealQueryState } from './use-deal-query.ts'
import { useMembers } from './use-members.ts'
import { useStages } from './use-stages.ts'

interface PartProps {
  query: DealQueryState
}

function Toggle({ label, on, onChange }: { label: string; on: boolean; onChange(on: boolean): void }) {
  const id = useId()
  return (
    <div className="flex items-center justify-between gap-3 text-sm">
      <label htmlFor={id}>{label}</label>
      <Switch id={id} checked={on} onCheckedChange={onChange} />
    </div>
  )
}

function People({ query }: PartProps) {
  const { owners } = useMembers()
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
      <Toggle
        label="Deals that are nobody's"
        on={params.unowned !== undefined}
        onChange={(on) => set({ unowned: on ? 'true' : null, ownerId: null })}
      />
    </section>
  )
}

/** How far deals have come, and what became of them. */
function History({ query }: PartProps) {
  const { name } = useStages()
  const { params, set } = query
  const stageSelect = (label: string, filter: 'reached' | 'wasIn', stages: readonly DealStage[]) => (
    <Field label={label}>
      {(ids) => (
        <Select {...ids} value={only(params, filter)} onChange={(event) => set({ [filter]: event.target.value })}>
          <option value="">Any stage</option>
          {stages.map((stage) => (
            <option key={stage} value={stage}>
              {name(stage)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        {stageSelect('Ever reached', 'reached', passedStages)}
        {stageSelect('Was in', 'wasIn', openStages)}
      </div>
      <Field label="Lost because" hint="The reason as it was written">
        {(ids) => (
          <TagInput
            {...ids}
            value={params.lostReason ?? []}
            clean={(typed) => typed.trim().slice(0, 500)}
            onChange={(lostReason) => set({ lostReason })}
          />
        )}
      </Field>
    </>
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
              onChange={(leadSource) => set({ leadSource, unsourced: null })}
            />
          )}
        </Field>
        <Toggle
          label="Deals whose source is not known"
          on={params.unsourced !== undefined}
          onChange={(on) => set({ unsourced: on ? 'true' : null, leadSource: null })}
        />
        <Ranges query={query} />
        <Toggle
          label="Deals without a close date"
          on={params.undated !== undefined}
          onChange={(on) => set({ undated: on ? 'true' : null, closeFrom: null, closeTo: null })}
        />
        <History query={query} />
        <Field label="Custom fields" hint="Like industry: software">
          {(ids) => (
            <TagInput {...ids} value={params.custom ?? []} clean={cleanCustom} onChange={(custom) => set({ custom })} />
          )}
        </Field>
        <Toggle
          label="Show the trash"
          on={params.deleted !== undefined}
          onChange={(on) => set({ deleted: on ? 'true' : null })}
        />
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
