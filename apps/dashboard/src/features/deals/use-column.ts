'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { DealBoard, DealView } from '@throughline/contracts'
import { useEffect, useMemo, useState } from 'react'
import { queryText } from './deal-query.ts'
import { readDeals } from './deals.api.ts'
import type { DealQueryState } from './use-deal-query.ts'

export type BoardColumnView = DealBoard['columns'][number]

/**
 * The deals of a column: those of the board and, once asked for, those below. The board may be read anew and end
 * somewhere else; then as many pages as were wanted are read from there, so that nothing falls between.
 */
export function useColumn(query: DealQueryState, column: BoardColumnView) {
  const { params, sort } = query
  const { stage, nextCursor } = column
  const [wanted, setWanted] = useState(0)
  const text = useMemo(
    () => queryText({ params: { ...params, stage: [stage] }, sort, reverse: false }),
    [params, stage, sort],
  )
  const { data, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['column', text, nextCursor],
    queryFn: ({ pageParam, signal }) => readDeals(text, pageParam, signal),
    initialPageParam: nextCursor,
    getNextPageParam: ({ page }) => page.nextCursor,
    enabled: wanted > 0 && nextCursor !== null,
  })
  const loaded = data?.pages.length ?? 0
  useEffect(() => {
    if (loaded > 0 && loaded < wanted && hasNextPage && !isFetching) void fetchNextPage()
  }, [loaded, wanted, hasNextPage, isFetching, fetchNextPage])
  const deals = useMemo(() => {
    const below = data?.pages.flatMap((page) => page.data) ?? []
    // One that was moved here meanwhile is on top and perhaps below as well; one that left may still be below.
    const all = [...column.deals, ...below.filter((deal) => deal.stage === stage)]
    return [...new Map(all.toReversed().map((deal): [string, DealView] => [deal.id, deal])).values()].reverse()
  }, [column.deals, data, stage])
  return {
    deals,
    hasMore: nextCursor !== null && (loaded === 0 || hasNextPage),
    isLoading: isFetching && wanted > 0,
    loadMore: () => setWanted(loaded + 1),
  }
}
