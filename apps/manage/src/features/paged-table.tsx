'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { Page } from '@throughline/contracts'
import { Button, type Column, DataTable } from '@throughline/ui'
import type { ReactNode } from 'react'

interface PagedTableProps<Row> {
  label: string
  queryKey: readonly string[]
  read(cursor: string | null, signal: AbortSignal): Promise<Page<Row>>
  columns: readonly Column<Row>[]
  keyOf(row: Row): string
  empty: ReactNode
  refetchInterval?: number
}

/** A list of the console: pages by cursor, read again from time to time where it changes. */
export function PagedTable<Row>({
  label,
  queryKey,
  read,
  columns,
  keyOf,
  empty,
  refetchInterval,
}: PagedTableProps<Row>) {
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    refetchInterval,
  })
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={data?.pages.flatMap((page) => page.data)}
      keyOf={keyOf}
      error={error}
      onRetry={() => void refetch()}
      empty={empty}
      footer={
        hasNextPage ? (
          <Button kind="ghost" onClick={() => void fetchNextPage()}>
            Load more
          </Button>
        ) : undefined
      }
    />
  )
}
