'use client'
import { Field, Input } from '@throughline/ui'
import { useEffect, useState } from 'react'

const typingPauseMs = 250

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
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = setTimeout(() => onChange(typed.trim()), typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed])
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
