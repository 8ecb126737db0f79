'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Page } from '@throughline/contracts'
import { Button, type Column, DataTable } from '@throughline/ui'
import type { ReactNode } from 'react'
import { readOnPurpose } from './read-on-purpose.ts'

interface PagesInput<Row> {
  queryKey: readonly string[]
  read(cursor: string | null, signal: AbortSignal): Promise<Page<Row>>
  refetchInterval?: number
  /** Reading it is written down. */
  audited?: boolean
}

/** The pages of a list that were read so far, by cursor; read again from time to time where it changes. */
export function usePages<Row>({ queryKey, read, refetchInterval, audited = false }: PagesInput<Row>) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    refetchInterval,
    ...(audited ? readOnPurpose : {}),
  })
  return {
    rows: data?.pages.flatMap((page) => page.data),
    error,
    refetch,
    /** Nothing when there is no more. */
    readMore: hasNextPage ? () => void fetchNextPage() : undefined,
    isReadingMore: isFetchingNextPage,
  }
}

interface PagedTableProps<Row> {
  label: string
  pages: ReturnType<typeof usePages<Row>>
  columns: readonly Column<Row>[]
  keyOf(row: Row): string
  empty: ReactNode
  /** One row on a phone. */
  card?(row: Row): ReactNode
}

/** A list of the console, with a way to the rest of it. */
export function PagedTable<Row>({ pages, ...table }: PagedTableProps<Row>) {
  const { rows, error, refetch, readMore, isReadingMore } = pages
  return (
    <DataTable
      {...table}
      rows={rows}
      error={error}
      onRetry={() => void refetch()}
      footer={
        readMore ? (
          <Button kind="ghost" onClick={readMore} disabled={isReadingMore}>
            {isReadingMore ? 'Loading…' : 'Load more'}
          </Button>
        ) : undefined
      }
    />
  )
}
