'use client'
import type { FundTerms } from '@throughline/contracts'
import { Field, Input, Select } from '@throughline/ui'
import type { HTMLAttributes } from 'react'
import { FeeStepRows, HolidayRows } from './term-rows.tsx'
import type { TermErrors } from './terms-of-form.ts'

interface TextTerm {
  name: string
  /** To the term, where it is not its name. */
  way?: string
  label: string
  /** What it does. */
  does: string
  value: string
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
  type?: 'text' | 'date' | 'number'
}

const TermInput = ({ name, way, label, does, value, inputMode, type, errors }: TextTerm & { errors: TermErrors }) => (
  <Field label={label} hint={does} error={errors(way ?? name)}>
    {(ids) => (
      <Input
        {...ids}
        key={value}
        name={name}
        defaultValue={value}
        inputMode={inputMode}
        type={type ?? 'text'}
        autoComplete="off"
      />
    )}
  </Field>
)

interface ChoiceTerm {
  name: string
  label: string
  does: string
  value: string
  options: readonly [string, string][]
}

const TermSelect = ({ name, label, does, value, options }: ChoiceTerm) => (
  <Field label={label} hint={does}>
    {(ids) => (
      <Select {...ids} key={value} name={name} defaultValue={value}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </Select>
    )}
  </Field>
)

interface Props {
  terms: FundTerms
  errors: TermErrors
  /** Rows have come or gone. */
  onCount(): void
}

const group = 'grid gap-4 sm:grid-cols-2'

/** Fees, profit and its sharing. */
export const ProfitTerms = ({ terms, errors, onCount }: Props) => (
  <div className={group}>
    <FeeStepRows {...{ terms, errors, onCount }} />
    <TermInput
      {...{ errors, name: 'preferredReturn', label: 'Preferred return, % a year', value: terms.preferredReturn }}
      inputMode="decimal"
      does="What investors earn before the general partner takes part in the profit."
    />
    <TermInput
      {...{ errors, name: 'carry', label: 'Carried interest, %', value: terms.carry }}
      inputMode="decimal"
      does="The general partner’s share of the profit."
    />
    <TermInput
      {...{ errors, name: 'catchUp', label: 'Catch-up, %', value: terms.catchUp }}
      inputMode="decimal"
      does="How much of the profit above the preferred return goes to the general partner until the share is caught up; 0 is no catch-up."
    />
    <TermSelect
      {...{ name: 'waterfall', label: 'Waterfall', value: terms.waterfall }}
      does="Whether carry is earned over the whole fund, or deal by deal with a clawback at the end."
      options={[
        ['european', 'European: whole fund'],
        ['american', 'American: deal by deal'],
      ]}
    />
    <TermSelect
      {...{ name: 'recallablePolicy', label: 'Recallable distributions in figures', value: terms.recallablePolicy }}
      does="Whether figures count them as paid out and, once recalled, as paid in again; or leave both out."
      options={[
        ['gips', 'GIPS: in both'],
        ['net', 'Net: in neither'],
      ]}
    />
    <TermInput
      {...{ errors, name: 'recallableMonths', label: 'Recallable for, months' }}
      value={terms.recallableMonths === null ? '' : String(terms.recallableMonths)}
      inputMode="numeric"
      does="How long a recallable distribution can be called back; empty for as long as the fund lives."
    />
    <TermInput
      {...{ errors, name: 'recyclingCap', label: 'Recycling cap, % of a commitment', value: terms.recyclingCap ?? '' }}
      inputMode="decimal"
      does="How much of a commitment distributions may make callable again, all of them together; empty for no cap."
    />
  </div>
)

/** Calls, and what happens when they are not paid. */
export const CallTerms = ({ terms, errors, onCount }: Props) => (
  <div className={group}>
    <TermInput
      {...{ errors, name: 'noticeDays', label: 'Notice, business days', value: String(terms.noticeDays) }}
      inputMode="numeric"
      does="Between the notice of a call and the day on which it is due."
    />
    <TermInput
      {...{ errors, name: 'overcallCap', label: 'Overcall cap, %', value: terms.overcallCap }}
      inputMode="decimal"
      does="How much of the original line may be asked of others for those who do not pay."
    />
    <TermInput
      {...{
        errors,
        name: 'lateRate',
        way: 'lateInterest.rate',
        label: 'Late interest, % a year',
        value: terms.lateInterest.rate,
      }}
      inputMode="decimal"
      does="Charged from the due date until the money is there."
    />
    <TermSelect
      {...{ name: 'dayCount', label: 'Day count of late interest', value: terms.lateInterest.dayCount }}
      does="How many days a year has when interest is worked out."
      options={[
        ['act/365', 'actual/365'],
        ['act/360', 'actual/360'],
      ]}
    />
    <TermInput
      {...{ errors, name: 'cureDays', way: 'cure.days', label: 'Cure period, days', value: String(terms.cure.days) }}
      inputMode="numeric"
      does="How long an investor has to pay after a default notice."
    />
    <TermSelect
      {...{ name: 'cureCount', label: 'Days of the cure period', value: terms.cure.count }}
      does="Whether Saturdays, Sundays and holidays count."
      options={[
        ['business', 'Business days'],
        ['calendar', 'Calendar days'],
      ]}
    />
    <TermInput
      {...{ errors, name: 'tolerance', label: 'Tolerance', value: terms.tolerance }}
      inputMode="decimal"
      does="What a bank may keep of a wire: a shortfall up to it can be written off."
    />
    <TermInput
      {...{ errors, name: 'investmentPeriodEnd', label: 'End of the investment period', type: 'date' }}
      value={terms.investmentPeriodEnd ?? ''}
      does="After it the fund calls for fees, expenses and what it has promised already."
    />
    <HolidayRows {...{ terms, errors, onCount }} />
  </div>
)
