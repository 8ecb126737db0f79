'use client'
import { useQuery } from '@tanstack/react-query'
import { callComponentKinds } from '@throughline/contracts'
import { Button, Card, Checkbox, Field, Input, Select, Textarea } from '@throughline/ui'
import { Plus, Trash2 } from 'lucide-react'
import { componentWords } from './call-words.ts'
import { readAllocations } from './calls.api.ts'
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

interface CardProps {
  fundId: string
  currency: string
  component: WizardComponent
  place: number
  takesRest: boolean
  onChange(part: Partial<WizardComponent>): void
  onRemove: (() => void) | undefined
}

function ComponentCard({ fundId, currency, component, place, takesRest, onChange, onRemove }: CardProps) {
  return (
    <Card className="p-4">
      <fieldset className="grid gap-4 sm:grid-cols-2">
        <legend className="sr-only">Component {place}</legend>
        <div className="flex items-center justify-between gap-2 sm:col-span-2">
          <h3 className="font-semibold text-sm">Component {place}</h3>
          {onRemove ? (
            <Button kind="ghost" size="icon" aria-label={`Remove component ${place}`} onClick={onRemove}>
              <Trash2 aria-hidden />
            </Button>
          ) : null}
        </div>
        <Field label="Kind">
          {(ids) => (
            <Select
              {...ids}
              value={component.kind}
              onChange={(event) => {
                const kind = callComponentKinds.find((each) => each === event.target.value)
                if (kind) onChange({ kind, label: componentWords[kind], dealId: null })
              }}
            >
              {callComponentKinds.map((kind) => (
                <option key={kind} value={kind}>
                  {componentWords[kind]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label="Name">
          {(ids) => (
            <Input
              {...ids}
              maxLength={120}
              value={component.label}
              onChange={(e) => onChange({ label: e.target.value })}
            />
          )}
        </Field>
        <Field label={`Amount (${currency})`} hint={takesRest ? 'What the other components leave.' : undefined}>
          {(ids) => (
            <Input
              {...ids}
              inputMode="decimal"
              disabled={takesRest}
              value={takesRest ? '' : component.amount}
              onChange={(event) => onChange({ amount: event.target.value })}
            />
          )}
        </Field>
        {component.kind === 'INVESTMENT' ? (
          <DealField fundId={fundId} component={component} onChange={onChange} />
        ) : null}
        <label htmlFor={`inside-${component.key}`} className="flex items-center gap-2 text-sm sm:col-span-2">
          <Checkbox
            id={`inside-${component.key}`}
            checked={component.insideCommitment}
            onChange={(event) => onChange({ insideCommitment: event.target.checked })}
          />
          Inside of the commitment: it takes from what can be called yet
        </label>
      </fieldset>
    </Card>
  )
}

/** Only deals that are allocated to the fund can be called for. */
function DealField({ fundId, component, onChange }: Pick<CardProps, 'fundId' | 'component' | 'onChange'>) {
  const { data } = useQuery({
    queryKey: ['fund', fundId, 'allocations'],
    queryFn: ({ signal }) => readAllocations(fundId, signal),
  })
  const active = data?.data.filter(({ state }) => state === 'ACTIVE') ?? []
  const deals = [...new Map(active.map((each) => [each.dealId, each])).values()]
  return (
    <Field
      label="Deal"
      hint="A won deal that is allocated to the fund; it cannot be re-opened once the call is issued."
    >
      {(ids) => (
        <Select
          {...ids}
          value={component.dealId ?? ''}
          onChange={(event) => {
            const deal = deals.find(({ dealId }) => dealId === event.target.value)
            onChange(deal ? { dealId: deal.dealId, label: deal.dealTitle.slice(0, 120) } : { dealId: null })
          }}
        >
          <option value="">No deal</option>
          {deals.map(({ dealId, dealTitle }) => (
            <option key={dealId} value={dealId}>
              {dealTitle}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
