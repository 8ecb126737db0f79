'use client'
import { Button, Card, EmptyState, NoResults } from '@throughline/ui'
import Link from 'next/link'
import type { DealQueryState } from './use-deal-query.ts'

/** There is no deal to show: none at all, or none that fits. */
export function NoDeals({ query }: { query: DealQueryState }) {
  if (query.filter !== '')
    return (
      <Card>
        <NoResults title="No deals match" action={<Button onClick={query.clear}>Clear filters</Button>} />
      </Card>
    )
  return (
    <Card>
      <EmptyState
        title="No deals yet"
        action={
          <Button asChild kind="primary">
            <Link href="/imports">Import a file</Link>
          </Button>
        }
      >
        Bring your deals in from a CSV file, or write the first one down.
      </EmptyState>
    </Card>
  )
}
