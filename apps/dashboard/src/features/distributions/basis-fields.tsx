'use client'
import type { FundTerms } from '@throughline/contracts'
import { Button, Card, Combobox, Field, Input, type Picked, Select } from '@throughline/ui'
import { Plus, X } from 'lucide-react'
import { CountryOptions } from '../companies/country-options.tsx'
import { readPayers } from '../payments/payments.api.ts'
import type { FormProps } from './draft-fields.tsx'
import type { CountryRate, InvestorRate } from './draft-form.ts'
import { kindWords } from './waterfall-words.ts'

/** How the lines come about: by what they are shared, who gets the carry, what is withheld of whom. */
export function BasisFields({ fundId, form, onChange, terms }: Omit<FormProps, 'currency'> & { terms: FundTerms }) {
  return (
    <Card className="grid gap-4 p-4">
      <Field
        label="Shared by"
        hint={
          form.method === 'waterfall'
            ? `${kindWords[terms.waterfall]}: ${terms.preferredReturn} % preferred, ${terms.carry} % carry. The carry comes off gain, then income.`
            : 'Each part by commitment alone: there is no carry.'
        }
      >
        {(ids) => (
          <Select
            {...ids}
            value={form.method}
            onChange={({ target }) => onChange({ method: target.value === 'waterfall' ? 'waterfall' : 'commitment' })}
          >
            <option value="commitment">Commitment</option>
            <option value="waterfall">Waterfall of the fund’s terms</option>
          </Select>
        )}
      </Field>
      {form.method === 'waterfall' ? (
        <Field label="Who gets the carry" hint="The investor who stands for the general partner.">
          {(ids) => (
            <InvestorPicker
              ids={ids}
              fundId={fundId}
              value={form.carryInvestor}
              onChange={(carryInvestor) => onChange({ carryInvestor })}
            />
          )}
        </Field>
      ) : null}
      <Withholding {...{ fundId, form, onChange }} />
    </Card>
  )
}

interface PickerProps {
  ids: object
  fundId: string
  value: Picked | null
  onChange(value: Picked | null): void
}

/** Finds an investor of the fund by name or code. */
const InvestorPicker = ({ ids, fundId, value, onChange }: PickerProps) => (
  <Combobox
    {...ids}
    value={value}
    onChange={onChange}
    name={`investors of ${fundId}`}
    placeholder="Name or code"
    search={async (search, signal) =>
      (await readPayers(fundId, { search }, signal)).data.map(({ investorId, name, code }) => ({
        ...{ id: investorId, label: name, detail: code },
      }))
    }
  />
)

/** Taxes taken off gain, income and carry. */
function Withholding({ fundId, form, onChange }: Omit<FormProps, 'currency'>) {
  const { byCountry, byInvestor } = form
  const setCountry = (key: string, part: Partial<CountryRate>) =>
    onChange({ byCountry: byCountry.map((each) => (each.key === key ? { ...each, ...part } : each)) })
  const setInvestor = (key: string, part: Partial<InvestorRate>) =>
    onChange({ byInvestor: byInvestor.map((each) => (each.key === key ? { ...each, ...part } : each)) })
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-medium text-sm">Taxes withheld</legend>
      <p className="text-muted text-sm">Of gain, income and carry. An investor’s own rate goes before its country’s.</p>
      {byCountry.map(({ key, country, rate }, index) => (
        <Row
          key={key}
          label={`country ${index + 1}`}
          rate={rate}
          onRate={(next) => setCountry(key, { rate: next })}
          onRemove={() => onChange({ byCountry: byCountry.filter((each) => each.key !== key) })}
        >
          <Field label={`Country ${index + 1}`}>
            {(ids) => (
              <Select {...ids} value={country} onChange={({ target }) => setCountry(key, { country: target.value })}>
                <option value="">Choose</option>
                <CountryOptions />
              </Select>
            )}
          </Field>
        </Row>
      ))}
      {byInvestor.map(({ key, investor, rate }, index) => (
        <Row
          key={key}
          label={`investor ${index + 1}`}
          rate={rate}
          onRate={(next) => setInvestor(key, { rate: next })}
          onRemove={() => onChange({ byInvestor: byInvestor.filter((each) => each.key !== key) })}
        >
          <Field label={`Investor ${index + 1}`}>
            {(ids) => (
              <InvestorPicker
                ids={ids}
                fundId={fundId}
                value={investor}
                onChange={(next) => setInvestor(key, { investor: next })}
              />
            )}
          </Field>
        </Row>
      ))}
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          onClick={() => onChange({ byCountry: [...byCountry, { key: crypto.randomUUID(), country: '', rate: '' }] })}
        >
          <Plus aria-hidden /> Rate of a country
        </Button>
        <Button
          size="sm"
          onClick={() =>
            onChange({ byInvestor: [...byInvestor, { key: crypto.randomUUID(), investor: null, rate: '' }] })
          }
        >
          <Plus aria-hidden /> Rate of an investor
        </Button>
      </div>
    </fieldset>
  )
}

interface RowProps {
  label: string
  rate: string
  onRate(rate: string): void
  onRemove(): void
  children: React.ReactNode
}

const Row = ({ label, rate, onRate, onRemove, children }: RowProps) => (
  <div className="grid grid-cols-[minmax(0,1fr)_6rem_auto] items-end gap-2">
    {children}
    <Field label="Per cent">
      {(ids) => (
        <Input
          {...ids}
          inputMode="decimal"
          autoComplete="off"
          value={rate}
          onChange={({ target }) => onRate(target.value)}
        />
      )}
    </Field>
    <Button kind="ghost" size="icon" aria-label={`Remove ${label}`} onClick={onRemove}>
      <X aria-hidden />
    </Button>
  </div>
)
