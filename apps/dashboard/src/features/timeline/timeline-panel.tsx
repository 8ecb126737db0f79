'use client'
import { Button, ErrorState, Skeleton } from '@throughline/ui'
import { EntryForm } from './entry-form.tsx'
import type { TimelineSubject } from './timeline.api.ts'
import { TimelineRow } from './timeline-row.tsx'
import { useTimeline } from './use-timeline.ts'

interface TimelinePanelProps {
  subject: TimelineSubject
  writable: boolean
  isGoing?: boolean
  stays?: ReadonlyMap<string, string>
}

/**
 * What was said and done about a deal, a company or a contact, and a form to write more.
 * @param writable whether whoever looks may write here; a member does on deals of their own
 * @param isGoing whether it is about to be no more, see `useGoing`
 * @param stays of a deal: how long it had been in the stage that it left, by the instant at which it did
 */
export function TimelinePanel({ subject, writable, isGoing = false, stays }: TimelinePanelProps) {
  const { items, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useTimeline(subject, !isGoing)
  return (
    <div className="grid gap-4">
      {writable ? <EntryForm key={subject.id} subject={subject} /> : null}
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!items && !error ? <Skeleton className="h-32" /> : null}
      {items?.length === 0 ? <p className="text-muted text-sm">Nothing has happened yet.</p> : null}
      {items && items.length > 0 ? (
        <ol aria-label="Timeline" className="divide-y divide-line">
          {items.map((item) => (
            <TimelineRow key={item.id} item={item} stay={stays?.get(item.at)} />
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
