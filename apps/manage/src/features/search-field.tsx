'use client'
import { Field, Input, useTypingPause } from '@throughline/ui'
import { useState } from 'react'

/** Searches once the typing pauses. */
export function SearchField({
  label,
  placeholder,
  value,
  onChange,
}: {
  label: string
  placeholder: string
  value: string
  onChange(value: string): void
}) {
  const [typed, setTyped] = useState(value)
  useTypingPause(typed.trim(), (asked) => {
    if (asked !== value) onChange(asked)
  })
  return (
    <search className="mb-4 block max-w-sm">
      <Field label={label}>
        {(ids) => (
          <Input
            {...ids}
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            placeholder={placeholder}
            maxLength={100}
          />
        )}
      </Field>
    </search>
  )
}
