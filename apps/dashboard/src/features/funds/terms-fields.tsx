'use client'
import type { FundTerms } from '@throughline/contracts'
import { Field, Input, issueAt, Select, Textarea } from '@throughline/ui'
import type { HTMLAttributes } from 'react'

interface TextTerm {
  name: string
  label: string
  /** What it does. */
  does: string
  value: string
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
  type?: 'text' | 'date' | 'number'
}

const TermInput = ({ name, label, does, value, inputMode, type, error }: TextTerm & { error: unknown }) => (
  <Field label={label} hint={does} error={issueAt(error, `terms.${name}`)}>
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
  error: unknown
}

const group = 'grid gap-4 sm:grid-cols-2'

export const stepsText = ({ feeSteps }: FundTerms): string =>
  feeSteps.map(({ from, rate, base }) => `${from} ${rate} ${base}`).join('\n')

/** Fees, profit and its sharing. */
export const ProfitTerms = ({ terms, error }: Props) => (
  <div className={group}>
    <Field
      className="sm:col-span-2"
      label="Management fee"
      hint="A line a step: the day from which it counts, per cent a year, and of what: commitments or invested_cost. Years that a step begins or ends in are charged by the day."
      error={issueAt(error, 'terms.feeSteps')}
    >
      {(ids) => (
        <Textarea
          {...ids}
          key={stepsText(terms)}
          name="feeSteps"
          defaultValue={stepsText(terms)}
          placeholder="2025-01-01 2 commitments"
          className="font-mono"
        />
      )}
    </Field>
    <TermInput
      {...{ error, name: 'preferredReturn', label: 'Preferred return, % a year', value: terms.preferredReturn }}
      inputMode="decimal"
      does="What investors earn before the general partner takes part in the profit."
    />
    <TermInput
      {...{ error, name: 'carry', label: 'Carried interest, %', value: terms.carry }}
      inputMode="decimal"
      does="The general partner’s share of the profit."
    />
    <TermInput
      {...{ error, name: 'catchUp', label: 'Catch-up, %', value: terms.catchUp }}
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
      {...{ error, name: 'recallableMonths', label: 'Recallable for, months' }}
      value={terms.recallableMonths === null ? '' : String(terms.recallableMonths)}
      inputMode="numeric"
      does="How long a recallable distribution can be called back; empty for as long as the fund lives."
    />
  </div>
)

/** Calls, and what happens when they are not paid. */
export const CallTerms = ({ terms, error }: Props) => (
  <div className={group}>
    <TermInput
      {...{ error, name: 'noticeDays', label: 'Notice, business days', value: String(terms.noticeDays) }}
      inputMode="numeric"
      does="Between the notice of a call and the day on which it is due."
    />
    <TermInput
      {...{ error, name: 'overcallCap', label: 'Overcall cap, %', value: terms.overcallCap }}
      inputMode="decimal"
      does="How much of the original line may be asked of others for those who do not pay."
    />
    <TermInput
      {...{ error, name: 'lateRate', label: 'Late interest, % a year', value: terms.lateInterest.rate }}
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
      {...{ error, name: 'cureDays', label: 'Cure period, days', value: String(terms.cure.days) }}
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
      {...{ error, name: 'tolerance', label: 'Tolerance', value: terms.tolerance }}
      inputMode="decimal"
      does="What a bank may keep of a wire: a shortfall up to it can be written off."
    />
    <TermInput
      {...{ error, name: 'investmentPeriodEnd', label: 'End of the investment period', type: 'date' }}
      value={terms.investmentPeriodEnd ?? ''}
      does="After it the fund calls for fees, expenses and what it has promised already."
    />
    <Field
      className="sm:col-span-2"
      label="Holidays"
      hint="A day a line. Neither they nor Saturdays and Sundays are business days of the fund."
      error={issueAt(error, 'terms.holidays')}
    >
      {(ids) => (
        <Textarea
          {...ids}
          key={terms.holidays.join()}
          name="holidays"
          defaultValue={terms.holidays.join('\n')}
          placeholder="2026-12-25"
          className="font-mono"
        />
      )}
    </Field>
  </div>
)
