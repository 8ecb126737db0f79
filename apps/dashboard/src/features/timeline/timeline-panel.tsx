'use client'
import { Button, ErrorState, Skeleton } from '@throughline/ui'
import { EntryForm } from './entry-form.tsx'
import type { TimelineSubject } from './timeline.api.ts'
import { TimelineRow } from './timeline-row.tsx'
import { useTimeline } from './use-timeline.ts'

/**
 * What was said and done about a deal, a company or a contact, and a form to write more.
 * @param writable whether whoever looks may write here; a member does on deals of their own
 */
export function TimelinePanel({ subject, writable }: { subject: TimelineSubject; writable: boolean }) {
  const { items, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useTimeline(subject)
  return (
    <div className="grid gap-4">
      {writable ? <EntryForm key={subject.id} subject={subject} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!items && !error ? <Skeleton className="h-32" /> : null}
      {items?.length === 0 ? <p className="text-muted text-sm">Nothing has happened yet.</p> : null}
      {items && items.length > 0 ? (
        <ol aria-label="Timeline" className="divide-y divide-line">
          {items.map((item) => (
            <TimelineRow key={item.id} item={item} />
          ))}
        </ol>
      ) : null}
      {hasNextPage ? (
        <Button onClick={() => void fetchNextPage()} disabled={isFetchingNextPage} className="justify-self-center">
          Load more
        </Button>
      ) : null}
    </div>
  )
}
