'use client'
import { useEffect, useState } from 'react'

const typingPauseMs = 250

/** What is typed into a search, and what is asked for once somebody pauses. */
export function useSearchField() {
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  const field = {
    type: 'search' as const,
    value: typed,
    maxLength: 200,
    onChange: (event: { target: { value: string } }) => setTyped(event.target.value),
  }
  return { asked, field }
}
