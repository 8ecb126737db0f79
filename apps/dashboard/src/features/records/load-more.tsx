'use client'
import { Button } from '@throughline/ui'

/** The foot of a list that goes on. */
export const LoadMore = ({ query }: { query: { fetchNextPage(): unknown; isFetchingNextPage: boolean } }) => (
  <Button kind="ghost" onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
    {query.isFetchingNextPage ? 'Loading…' : 'Load more'}
  </Button>
)
