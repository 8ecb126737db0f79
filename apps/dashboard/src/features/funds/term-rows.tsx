'use client'
import type { FundTerms } from '@throughline/contracts'
import { Button, Field, Input, Select } from '@throughline/ui'
import { Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { TermErrors } from './terms-of-form.ts'

interface RowsProps<Row> {
  legend: string
  /** What it does. */
  does: string
  /** Of one row: `fee step`. */
  thing: string
  rows: readonly Row[]
  none: string
  max: number
  /** How a new row begins. */
  blank: Row
  children(row: Row, index: number): ReactNode
  /** What was wrong with a row is said of another once rows come or go. */
  onCount(): void
}

/** Rows of fields that can be added and removed; what they hold is read from the form. */
function Rows<Row>({ legend, does, thing, rows: stored, none, max, blank, children, onCount }: RowsProps<Row>) {
  const [rows, setRows] = useState(() => stored.map((row, index) => ({ key: index, row })))
  const [next, setNext] = useState(stored.length)
  const list = useRef<HTMLUListElement>(null)
  const add = useRef<HTMLButtonElement>(null)
  // Whoever adds a row goes on in it.
  useEffect(() => {
    if (next > stored.length) list.current?.querySelector<HTMLInputElement>('li:last-child input')?.focus()
  }, [next, stored.length])
  const remove = (key: number) => {
    setRows(rows.filter((each) => each.key !== key))
    onCount()
    add.current?.focus()
  }
  return (
    <fieldset className="grid content-start gap-2 sm:col-span-2">
      <legend className="font-medium text-sm">{legend}</legend>
      <p className="text-muted text-sm">{does}</p>
      {rows.length === 0 ? <p className="text-sm">{none}</p> : null}
      <ul ref={list} aria-label={legend} className="grid gap-3">
        {rows.map(({ key, row }, index) => (
          <li key={key}>
            <fieldset className="flex flex-wrap items-start gap-3 rounded-xl border border-line p-3">
              <legend className="sr-only">
                {thing} {index + 1}
              </legend>
              {children(row, index)}
              <Button
                kind="ghost"
                size="icon"
                className="mt-6 ml-auto"
                aria-label={`Remove ${thing} ${index + 1}`}
                onClick={() => remove(key)}
              >
                <Trash2 aria-hidden />
              </Button>
            </fieldset>
          </li>
        ))}
      </ul>
      <div>
        <Button
          ref={add}
          disabled={rows.length >= max}
          onClick={() => {
            setRows([...rows, { key: next, row: blank }])
            setNext(next + 1)
            onCount()
          }}
        >
          <Plus aria-hidden /> Add a {thing}
        </Button>
      </div>
    </fieldset>
  )
}

interface TermRowsProps {
  terms: FundTerms
  errors: TermErrors
  onCount(): void
}

type FeeStep = FundTerms['feeSteps'][number]
const firstStep: FeeStep = { from: '', rate: '', base: 'commitments' }

/** The management fee: from which day, how much, and of what. */
export const FeeStepRows = ({ terms, errors, onCount }: TermRowsProps) => (
  <Rows
    key={JSON.stringify(terms.feeSteps)}
    legend="Management fee"
    does="Each step counts from its day until the next one. Years that a step begins or ends in are charged by the day."
    thing="fee step"
    none="The fund charges no management fee."
    max={20}
    rows={terms.feeSteps}
    blank={firstStep}
    onCount={onCount}
  >
    {({ from, rate, base }, index) => (
      <>
        <Field label="From" className="w-40" error={errors(`feeSteps.${index}.from`)}>
          {(ids) => <Input {...ids} type="date" name="feeStepFrom" defaultValue={from} />}
        </Field>
        <Field label="% a year" className="w-28" error={errors(`feeSteps.${index}.rate`)}>
          {(ids) => <Input {...ids} name="feeStepRate" inputMode="decimal" autoComplete="off" defaultValue={rate} />}
        </Field>
        <Field label="Of" className="min-w-44 flex-1" error={errors(`feeSteps.${index}.base`)}>
          {(ids) => (
            <Select {...ids} name="feeStepBase" defaultValue={base}>
              <option value="commitments">Commitments</option>
              <option value="invested_cost">Invested cost</option>
            </Select>
          )}
        </Field>
      </>
    )}
  </Rows>
)

/** The calendar of the fund, beside Saturdays and Sundays. */
export const HolidayRows = ({ terms, errors, onCount }: TermRowsProps) => (
  <Rows
    key={JSON.stringify([terms.holidays, terms.holidayNames])}
    legend="Holidays"
    does="Neither they nor Saturdays and Sundays are business days of the fund."
    thing="holiday"
    none="Only Saturdays and Sundays are no business days."
    max={500}
    rows={terms.holidays.map((on) => ({ on, name: terms.holidayNames[on] ?? '' }))}
    blank={{ on: '', name: '' }}
    onCount={onCount}
  >
    {({ on, name }, index) => (
      <>
        <Field label="Day" className="w-40" error={errors(`holidays.${index}`)}>
          {(ids) => <Input {...ids} type="date" name="holidayOn" defaultValue={on} />}
        </Field>
        <Field label="Name" className="min-w-44 flex-1" error={errors(`holidayNames.${on}`)}>
          {(ids) => <Input {...ids} name="holidayName" maxLength={80} autoComplete="off" defaultValue={name} />}
        </Field>
      </>
    )}
  </Rows>
)
