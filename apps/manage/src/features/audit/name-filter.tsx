'use client'
import { Field, Input } from '@throughline/ui'
import { useEffect, useId, useState } from 'react'
import { isName } from './audit-filter.ts'

interface NameFilterProps {
  label: string
  placeholder: string
  value: string
  /** What is offered while typing. */
  known: readonly string[]
  onChange(value: string): void
}

/** An exact name like `deal.moved`; taken with Enter, by leaving the field, or when it is one that is offered. */
export function NameFilter({ label, placeholder, value, known, onChange }: NameFilterProps) {
  const listId = useId()
  const [typed, setTyped] = useState(value)
  useEffect(() => setTyped(value), [value])
  const wrong = typed !== '' && !isName(typed)
  const take = (next: string) => {
    if (next !== value && (next === '' || isName(next))) onChange(next)
  }
  return (
    <Field label={label} error={wrong ? 'Letters, dots and lines only' : undefined}>
      {(ids) => (
        <>
          <Input
            {...ids}
            value={typed}
            list={listId}
            placeholder={placeholder}
            maxLength={80}
            spellCheck={false}
            autoCapitalize="none"
            onChange={({ target }) => {
              setTyped(target.value)
              if (target.value === '' || known.includes(target.value)) take(target.value)
            }}
            onBlur={() => take(typed)}
            onKeyDown={({ key }) => key === 'Enter' && take(typed)}
          />
          <datalist id={listId}>
            {known.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}
