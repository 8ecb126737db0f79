'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { readDeals } from './deals.api.ts'
import type { DealQueryState } from './use-deal-query.ts'

/** The deals of the filter, page by page; those of before stay until the new ones are there. */
export function useDeals(query: DealQueryState) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage, isPlaceholderData } = useInfiniteQuery({
    queryKey: ['deals', query.text],
    queryFn: ({ pageParam, signal }) => readDeals(query.text, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  // A deal that moved up between two pages is in both.
  const deals = useMemo(
    () => data && [...new Map(data.pages.flatMap((page) => page.data).map((deal) => [deal.id, deal])).values()],
    [data],
  )
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [isFetchingNextPage, fetchNextPage])
  return {
    deals,
    error,
    refetch,
    hasMore: hasNextPage,
    loadMore,
    isLoadingMore: isFetchingNextPage,
    isOld: isPlaceholderData,
  }
}
