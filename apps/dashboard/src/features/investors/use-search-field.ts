'use client'
import { useSettled } from '@throughline/ui'
import { useState } from 'react'

/** What is typed into a search, and what is asked for once somebody pauses. */
export function useSearchField() {
  const [typed, setTyped] = useState('')
  const asked = useSettled(typed.trim())
  const field = {
    type: 'search' as const,
    value: typed,
    maxLength: 200,
    onChange: (event: { target: { value: string } }) => setTyped(event.target.value),
  }
  return { asked, field }
}
