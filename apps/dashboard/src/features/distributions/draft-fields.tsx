'use client'
import { useQuery } from '@tanstack/react-query'
import type { FundTerms } from '@throughline/contracts'
import { Card, Field, Input, Select } from '@throughline/ui'
import { readHoldings } from '../valuation/valuation.api.ts'
import { type AmountName, amountLabels, amountNames, type DraftForm } from './draft-form.ts'
import { recallableHint } from './recycling-words.ts'

export interface FormProps {
  fundId: string
  currency: string
  form: DraftForm
  onChange(part: Partial<DraftForm>): void
}

/** What is distributed, when, and what has paid for it. */
export function DraftFields({ fundId, currency, form, onChange, terms }: FormProps & { terms: FundTerms }) {
  const hints: Partial<Record<AmountName, string>> = { recallable: recallableHint(terms) }
  return (
    <Card className="grid gap-4 p-4 sm:grid-cols-2">
      <Field label="Title" className="sm:col-span-2">
        {(ids) => (
          <Input
            {...ids}
            maxLength={200}
            autoComplete="off"
            value={form.title}
            onChange={({ target }) => onChange({ title: target.value })}
          />
        )}
      </Field>
      <Field label="Day">
        {(ids) => (
          <Input
            {...ids}
            type="date"
            value={form.distributedOn}
            onChange={({ target }) => onChange({ distributedOn: target.value })}
          />
        )}
      </Field>
      <DealField {...{ fundId, form, onChange }} />
      {amountNames.map((name) => (
        <Field key={name} label={`${amountLabels[name]} (${currency})`} hint={hints[name]}>
          {(ids) => (
            <Input
              {...ids}
              inputMode="decimal"
              autoComplete="off"
              placeholder="0"
              value={form[name]}
              onChange={({ target }) => onChange({ [name]: target.value })}
            />
          )}
        </Field>
      ))}
    </Card>
  )
}

/** Deals that the fund holds or has held. */
function DealField({ fundId, form, onChange }: Omit<FormProps, 'currency'>) {
  const { data } = useQuery({
    queryKey: ['fund', fundId, 'holdings'],
    queryFn: ({ signal }) => readHoldings(fundId, signal),
  })
  const holdings = data?.data ?? []
  const isKnown = form.dealId === null || holdings.some(({ dealId }) => dealId === form.dealId)
  return (
    <Field label="Deal" hint="What was sold or has paid, where it is one.">
      {(ids) => (
        <Select
          {...ids}
          value={form.dealId ?? ''}
          onChange={({ target }) => onChange({ dealId: target.value || null })}
        >
          <option value="">None in particular</option>
          {isKnown ? null : <option value={form.dealId ?? ''}>Another deal</option>}
          {holdings.map(({ dealId, dealTitle }) => (
            <option key={dealId} value={dealId}>
              {dealTitle}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}
