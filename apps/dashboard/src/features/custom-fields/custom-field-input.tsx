'use client'
import type { CustomFieldView } from '@throughline/contracts'
import { Field, Input, Select } from '@throughline/ui'
import { useState } from 'react'
import type { CustomValue } from './field-words.ts'

export interface CustomFieldInputProps {
  field: CustomFieldView
  value: CustomValue | undefined
  /** Null takes the value away. */
  onChange(value: CustomValue): void
  /** What the API has said about it: `issueAt(error, 'custom.<key>')`. */
  error?: string
  disabled?: boolean
}

/** What `Field` ties together. */
interface Ids {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': boolean | undefined
}
type ControlProps = Omit<CustomFieldInputProps, 'error'> & { ids: Ids }

const none = '–'
const text = (value: CustomValue | undefined): string => (value === undefined || value === null ? '' : String(value))

function Choice({ field, value, onChange, disabled, ids }: ControlProps) {
  const chosen = text(value)
  // An option that was taken out of the field stays with the deals that have it.
  const options = chosen === '' || field.options.includes(chosen) ? field.options : [chosen, ...field.options]
  return (
    <Select {...ids} value={chosen} disabled={disabled} onChange={({ target }) => onChange(target.value || null)}>
      <option value="">{none}</option>
      {options.map((option) => (
        <option key={option}>{option}</option>
      ))}
    </Select>
  )
}

const answers: Record<string, boolean | null> = { '': null, true: true, false: false }

const YesOrNo = ({ value, onChange, disabled, ids }: ControlProps) => (
  <Select
    {...ids}
    value={text(value)}
    disabled={disabled}
    onChange={({ target }) => onChange(answers[target.value] ?? null)}
  >
    <option value="">{none}</option>
    <option value="true">Yes</option>
    <option value="false">No</option>
  </Select>
)

/** Half a number is no number yet: what is typed stays while it is typed, what it means is told once it means something. */
function NumberInput({ value, onChange, disabled, ids }: ControlProps) {
  const [typed, setTyped] = useState<string>()
  const change = (next: string) => {
    setTyped(next)
    const number = Number(next)
    if (next.trim() === '') onChange(null)
    else if (Number.isFinite(number)) onChange(number)
  }
  return (
    <Input
      {...ids}
      inputMode="decimal"
      value={typed ?? text(value)}
      disabled={disabled}
      onChange={({ target }) => change(target.value)}
      onBlur={() => setTyped(undefined)}
    />
  )
}

const Line = ({ field, value, onChange, disabled, ids }: ControlProps) => (
  <Input
    {...ids}
    type={field.type === 'DATE' ? 'date' : 'text'}
    maxLength={field.type === 'DATE' ? undefined : 1000}
    value={text(value)}
    disabled={disabled}
    onChange={({ target }) => onChange(target.value || null)}
  />
)

const controls = { TEXT: Line, DATE: Line, NUMBER: NumberInput, BOOLEAN: YesOrNo, CHOICE: Choice }

/** The right control for a field that the firm made up. */
export function CustomFieldInput({ error, ...props }: CustomFieldInputProps) {
  const Control = controls[props.field.type]
  return (
    <Field label={props.field.label} error={error}>
      {(ids) => <Control {...props} ids={ids} />}
    </Field>
  )
}
