'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { Page } from '@throughline/contracts'

/** A list that goes on: its rows so far, and how to get more. */
export function useRecordPages<Row>(
  key: string,
  filter: object,
  read: (cursor: string | null, signal: AbortSignal) => Promise<Page<Row>>,
) {
  const query = useInfiniteQuery({
    queryKey: [key, filter],
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  return { ...query, rows: query.data?.pages.flatMap((page) => page.data) }
}
