'use client'
import { Field, Input } from '@throughline/ui'
import { type KeyboardEvent, useState } from 'react'
import { type FilterName, only, readQuery } from './deal-query.ts'
import type { DealQueryState } from './use-deal-query.ts'
import { useStages } from './use-stages.ts'

interface PartProps {
  query: DealQueryState
}

/** Whether the API takes a value of a filter; nothing typed is taken. */
export const isTaken = (name: FilterName, value: string): boolean =>
  value === '' || readQuery(new URLSearchParams({ [name]: value })).dropped.length === 0

interface EndProps extends PartProps {
  name: FilterName
  label: string
  type: 'date' | 'decimal' | 'numeric'
  refusal: string
  /** A filter that no deal can meet together with this one. */
  instead?: FilterName
}

/** One end of a range: taken when it is left or Enter is pressed. */
function End({ query, name, label, type, refusal, instead }: EndProps) {
  const said = only(query.params, name)
  const [error, setError] = useState<string>()
  const take = (value: string) => {
    const typed = value.trim().replaceAll(',', '')
    setError(isTaken(name, typed) ? undefined : refusal)
    if (isTaken(name, typed) && typed !== said) query.set({ [name]: typed, ...(instead && { [instead]: null }) })
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

/** What lies between two ends: amounts, scores, days. */
export function Ranges({ query }: PartProps) {
  const { name } = useStages()
  const [qualified, negotiated] = [name('QUALIFIED'), name('NEGOTIATION')]
  return (
    <div className="grid grid-cols-2 gap-3">
      <End query={query} name="valueMin" label="Value from" type="decimal" refusal={moneyRefusal} />
      <End query={query} name="valueMax" label="Value up to" type="decimal" refusal={moneyRefusal} />
      <End query={query} name="scoreMin" label="Score from" type="numeric" refusal={scoreRefusal} />
      <End query={query} name="scoreMax" label="Score up to" type="numeric" refusal={scoreRefusal} />
      <End query={query} name="closeFrom" label="Closes from" type="date" refusal={dateRefusal} instead="undated" />
      <End query={query} name="closeTo" label="Closes until" type="date" refusal={dateRefusal} instead="undated" />
      <End query={query} name="createdFrom" label="Created from" type="date" refusal={dateRefusal} />
      <End query={query} name="createdTo" label="Created until" type="date" refusal={dateRefusal} />
      <End query={query} name="closedFrom" label="Was closed from" type="date" refusal={dateRefusal} />
      <End query={query} name="closedTo" label="Was closed until" type="date" refusal={dateRefusal} />
      <End query={query} name="qualifiedFrom" label={`Came to ${qualified} from`} type="date" refusal={dateRefusal} />
      <End query={query} name="qualifiedTo" label={`Came to ${qualified} until`} type="date" refusal={dateRefusal} />
      <End query={query} name="negotiatedFrom" label={`Came to ${negotiated} from`} type="date" refusal={dateRefusal} />
      <End query={query} name="negotiatedTo" label={`Came to ${negotiated} until`} type="date" refusal={dateRefusal} />
    </div>
  )
}
