'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SavedView } from '@throughline/contracts'
import { messageOf, toast, useSession } from '@throughline/ui'
import { useMemo } from 'react'
import { readViews } from './views.api.ts'

const viewsKey = ['views'] as const

/** One's own views in one's own order, those that others share, and what one may do to them. */
export function useViews() {
  const { user, may } = useSession()
  const { data } = useQuery({ queryKey: viewsKey, queryFn: ({ signal }) => readViews(signal), staleTime: 60_000 })
  const ownId = user?.id
  const mayShare = may('view:share')
  return useMemo(() => {
    const all = data?.data ?? []
    const isOwn = (view: SavedView) => view.owner.id === ownId
    return {
      own: all.filter(isOwn),
      shared: all.filter((view) => !isOwn(view)),
      isLoaded: data !== undefined,
      find: (id: string | null) => all.find((view) => view.id === id),
      isOwn,
      mayShare,
      mayChange: (view: SavedView) => isOwn(view) || mayShare,
    }
  }, [data, ownId, mayShare])
}

/** Changes a view. Refused or not, the views are read again: they may be old. */
export function useViewChange<Input, Output>(
  change: (input: Input) => Promise<Output>,
  { failed, done }: { failed?: string; done?: (output: Output) => void } = {},
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (output) => done?.(output),
    onError: (error) => (failed ? toast.error(failed, { description: messageOf(error) }) : undefined),
    onSettled: () => client.invalidateQueries({ queryKey: viewsKey }),
  })
}
