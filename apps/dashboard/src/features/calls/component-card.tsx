'use client'
import { useQuery } from '@tanstack/react-query'
import { callComponentKinds } from '@throughline/contracts'
import { Button, Card, Checkbox, Field, Input, Select } from '@throughline/ui'
import { Trash2 } from 'lucide-react'
import { componentWords } from './call-words.ts'
import { readAllocations } from './calls.api.ts'
import { asCoInvestment, type WizardComponent } from './wizard-draft.ts'

interface CardProps {
  fundId: string
  currency: string
  component: WizardComponent
  place: number
  takesRest: boolean
  onChange(part: Partial<WizardComponent>): void
  onRemove: (() => void) | undefined
}

/** What one component of a call is, what it comes to, and who takes part in it. */
export function ComponentCard({ fundId, currency, component, place, takesRest, onChange, onRemove }: CardProps) {
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
        <ParticipationField component={component} onChange={onChange} />
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

function ParticipationField({ component, onChange }: Pick<CardProps, 'component' | 'onChange'>) {
  const isCoInvestment = component.participants !== null
  return (
    <Field
      label="Who takes part"
      className="sm:col-span-2"
      hint={
        isCoInvestment
          ? 'They are chosen in the next step and share it by their commitments; nobody else is asked.'
          : 'By commitment; somebody can be excused in the next step.'
      }
    >
      {(ids) => (
        <Select
          {...ids}
          value={isCoInvestment ? 'some' : 'all'}
          onChange={(event) => onChange(asCoInvestment(event.target.value === 'some'))}
        >
          <option value="all">All investors of the fund</option>
          <option value="some">Only some: a co-investment beside the fund</option>
        </Select>
      )}
    </Field>
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
  /** Who has a part of the deal beside the fund; nobody is taken away who was chosen. */
  const proposed = (dealId: string): Partial<WizardComponent> =>
    component.participants?.length === 0
      ? {
          participants: [
            ...new Set(active.flatMap((each) => (each.dealId === dealId && each.investorId ? [each.investorId] : []))),
          ],
        }
      : {}
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
            onChange(
              deal
                ? { dealId: deal.dealId, label: deal.dealTitle.slice(0, 120), ...proposed(deal.dealId) }
                : { dealId: null },
            )
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
