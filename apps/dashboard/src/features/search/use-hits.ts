'use client'
import { useQuery } from '@tanstack/react-query'
import { useSettled } from '@throughline/ui'
import { readHits } from './search.api.ts'

/** Between two keys of somebody who types quickly, in milliseconds. */
const typingPauseMs = 120

/** What is found for what was typed. A question that is out of date is called off. */
export function useHits(typed: string, open: boolean) {
  const asked = typed.trim().slice(0, 200)
  const q = useSettled(asked, asked === '' ? 0 : typingPauseMs)
  const query = useQuery({
    queryKey: ['search', q],
    queryFn: ({ signal }) => readHits(q, signal),
    enabled: open,
    staleTime: 5_000,
    gcTime: 60_000,
    // What was found for the letters before stays until there is better; what was changed last answers no question.
    placeholderData: (found, of) => (q !== '' && of?.queryKey[1] !== '' ? found : undefined),
  })
  const upToDate = q === asked && !query.isPlaceholderData
  /** Somebody has begun to type, and only what was changed last is here. */
  const waiting = query.isPending || (q === '' && asked !== '')
  return { ...query, upToDate, waiting }
}
