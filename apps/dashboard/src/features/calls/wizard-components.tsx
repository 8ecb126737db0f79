'use client'
import { Button, Field, Input, Select, Textarea } from '@throughline/ui'
import { Plus } from 'lucide-react'
import { ComponentCard } from './component-card.tsx'
import { emptyComponent, takesTheRest, type WizardComponent, type WizardDraft } from './wizard-draft.ts'

interface StepProps {
  fundId: string
  currency: string
  draft: WizardDraft
  onChange(draft: WizardDraft): void
}

/** Step 1: how much, when, and what for. */
export function ComponentsStep({ fundId, currency, draft, onChange }: StepProps) {
  const set = (part: Partial<WizardDraft>) => onChange({ ...draft, ...part })
  const change = (key: string, part: Partial<WizardComponent>) =>
    set({ components: draft.components.map((each) => (each.key === key ? { ...each, ...part } : each)) })
  return (
    <div className="grid gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Title" className="sm:col-span-2">
          {(ids) => (
            <Input {...ids} maxLength={200} value={draft.title} onChange={(e) => set({ title: e.target.value })} />
          )}
        </Field>
        <Field label="Notice date">
          {(ids) => (
            <Input
              {...ids}
              type="date"
              value={draft.noticeDate}
              onChange={(e) => set({ noticeDate: e.target.value })}
            />
          )}
        </Field>
        <Field label="Due date" hint="A business day of the fund, with its days of notice.">
          {(ids) => (
            <Input {...ids} type="date" value={draft.dueDate} onChange={(e) => set({ dueDate: e.target.value })} />
          )}
        </Field>
        <Field label="The call is written in">
          {(ids) => (
            <Select
              {...ids}
              value={draft.basis}
              onChange={(e) => set({ basis: e.target.value === 'percent' ? 'percent' : 'amount' })}
            >
              <option value="amount">{`Amounts (${currency})`}</option>
              <option value="percent">Per cent of commitments</option>
            </Select>
          )}
        </Field>
        {draft.basis === 'percent' ? (
          <Field label="Per cent" hint="Of the commitments of all who are not in default.">
            {(ids) => (
              <Input
                {...ids}
                inputMode="decimal"
                value={draft.percent}
                onChange={(e) => set({ percent: e.target.value })}
              />
            )}
          </Field>
        ) : null}
        <Field label="Purpose" className="sm:col-span-2" hint="Stands in the notice.">
          {(ids) => (
            <Textarea
              {...ids}
              maxLength={2000}
              value={draft.purpose}
              onChange={(e) => set({ purpose: e.target.value })}
            />
          )}
        </Field>
      </div>
      {draft.components.map((component, index) => (
        <ComponentCard
          key={component.key}
          {...{ fundId, currency, component }}
          place={index + 1}
          takesRest={takesTheRest(draft, index)}
          onChange={(part) => change(component.key, part)}
          onRemove={
            draft.components.length > 1
              ? () => set({ components: draft.components.filter(({ key }) => key !== component.key) })
              : undefined
          }
        />
      ))}
      <div>
        <Button
          onClick={() => set({ components: [...draft.components, emptyComponent(crypto.randomUUID())] })}
          disabled={draft.components.length >= 10}
        >
          <Plus aria-hidden /> Add a component
        </Button>
      </div>
    </div>
  )
}
