'use client'
import type { LedgerEntryView, Page } from '@throughline/contracts'
import { EmptyState, ErrorState, formatDay, formatMoney, SidePanel, Skeleton } from '@throughline/ui'
import type { ReactNode } from 'react'
import { happenedWord } from '../funds/happened-words.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'

interface EntriesPanelProps {
  title: string
  currency: string
  /** First part of the key of the answers, and what tells one list of entries from another. */
  of: readonly [key: string, which: object]
  read(cursor: string | null, signal: AbortSignal): Promise<Page<LedgerEntryView>>
  /** What has to be known to add them up. */
  note?: ReactNode
  onClose(): void
}

/** The entries that a number consists of, with what each adds to it. */
export function EntriesPanel({ title, currency, of, read, note, onClose }: EntriesPanelProps) {
  const query = useRecordPages(...of, read)
  return (
    <SidePanel open onClose={onClose} title={`${title}: its entries`}>
      {note ? <p className="mb-3 text-muted text-sm">{note}</p> : null}
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.rows || query.error ? null : <Skeleton className="h-24" />}
      {query.rows?.length === 0 ? <EmptyState title="No entry stands behind this figure yet" /> : null}
      <ul aria-label={`Entries of ${title}`} className="divide-y divide-line text-sm">
        {query.rows?.map(({ id, number, kind, effectiveOn, amount, reason }) => (
          <li key={id} className="flex items-baseline justify-between gap-3 py-2">
            <span className="min-w-0">
              <span className="font-medium">
                {number}. {happenedWord(kind)}
              </span>
              <span className="block text-muted text-xs [overflow-wrap:anywhere]">
                {formatDay(effectiveOn)}
                {reason ? `, ${reason}` : ''}
              </span>
            </span>
            <span className="tabular whitespace-nowrap">{formatMoney(amount, currency)}</span>
          </li>
        ))}
      </ul>
      {query.hasNextPage ? <LoadMore query={query} /> : null}
    </SidePanel>
  )
}
