'use client'
import { Field, Input } from '@throughline/ui'

interface LineFieldProps {
  label: string
  value: string
  onChange(value: string): void
  type?: 'text' | 'date'
  hint?: string
}

/** One line that somebody types: an amount, a day, a reason. */
export const LineField = ({ label, value, onChange, type = 'text', hint }: LineFieldProps) => (
  <Field label={label} hint={hint}>
    {(ids) => (
      <Input
        {...ids}
        type={type}
        value={value}
        required
        autoComplete="off"
        onChange={({ target }) => onChange(target.value)}
      />
    )}
  </Field>
)
