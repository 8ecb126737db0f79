'use client'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { readHits } from './search.api.ts'

/** Between two keys of somebody who types quickly, in milliseconds. */
const typingPauseMs = 120

function usePaused(typed: string): string {
  const [paused, setPaused] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(typed), typed === '' ? 0 : typingPauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  return paused
}

/** What is found for what was typed. A question that is out of date is called off. */
export function useHits(typed: string, open: boolean) {
  const q = usePaused(typed.trim().slice(0, 200))
  const query = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => readHits(q, signal),
    enabled: open,
    staleTime: 5_000,
    gcTime: 60_000,
    // What was found for the letters before stays until there is better; what was changed last answers no question.
    placeholderData: (found, of) => (q !== '' && of?.queryKey[1] !== '' ? found : undefined),
  })
  const upToDate = q === typed.trim().slice(0, 200) && !query.isPlaceholderData
  /** Somebody has begun to type, and only what was changed last is here. */
  const waiting = query.isPending || (q === '' && typed.trim() !== '')
  return { ...query, upToDate, waiting }
}
