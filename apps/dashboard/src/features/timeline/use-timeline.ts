'use client'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import type { EventView } from '@throughline/contracts'
import { messageOf, toast, useEvents } from '@throughline/ui'
import { useMemo } from 'react'
import { deleteEntry, postRestore, readTimeline, type TimelineSubject } from './timeline.api.ts'

const keyOf = ({ kind, id }: TimelineSubject) => ['timeline', kind, id] as const

/** Whether an event may be about this timeline. Of which company a deal is, an event does not say. */
function concerns({ type, data }: EventView, { kind, id }: TimelineSubject): boolean {
  if (type === 'timeline.changed') return data[`${kind}Id`] === id || (kind !== 'deal' && data.dealId !== null)
  if (type === 'deal.moved') return kind !== 'deal' || data.dealId === id
  return false
}

/** What was said and done, newest first, page by page; what others write appears by itself. */
export function useTimeline(subject: TimelineSubject, enabled: boolean) {
  const client = useQueryClient()
  const query = useInfiniteQuery({
    queryKey: keyOf(subject),
    queryFn: ({ pageParam, signal }) => readTimeline(subject, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    enabled,
  })
  useEvents((event) => {
    if (concerns(event, subject)) void client.invalidateQueries({ queryKey: keyOf(subject) })
  })
  const items = useMemo(() => query.data?.pages.flatMap(({ data }) => data), [query.data])
  return { ...query, items }
}

/** What an entry changes besides its timeline: the score of its deal. */
export function useTimelineChanged() {
  const client = useQueryClient()
  return () => Promise.all(['timeline', 'deal'].map((key) => client.invalidateQueries({ queryKey: [key] })))
}

/** Removes an entry; for a while one click brings it back. */
export function useRemoveEntry() {
  const changed = useTimelineChanged()
  const undo = useMutation({
    mutationFn: postRestore,
    onSuccess: () => toast.success('It is back'),
    onError: (error) => toast.error('It was not brought back', { description: messageOf(error) }),
    onSettled: changed,
  })
  return useMutation({
    mutationFn: deleteEntry,
    onSuccess: (_nothing, id) =>
      toast.success('Removed from the timeline', { action: { label: 'Undo', onClick: () => undo.mutate(id) } }),
    onError: (error) => toast.error('It was not removed', { description: messageOf(error) }),
    onSettled: changed,
  })
}
