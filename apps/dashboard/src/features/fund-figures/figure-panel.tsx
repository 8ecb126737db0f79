'use client'
import type { ExplainedFigure } from '@throughline/contracts'
import { EmptyState, ErrorState, formatDay, formatMoney, SidePanel, Skeleton } from '@throughline/ui'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { readFigureEntries } from './figures.api.ts'

interface FigurePanelProps {
  fundId: string
  currency: string
  figure: ExplainedFigure
  title: string
  onClose(): void
}

/** The entries that a figure consists of, with what each adds to it. */
export function FigurePanel({ fundId, currency, figure, title, onClose }: FigurePanelProps) {
  const query = useRecordPages('fund', { fundId, figure }, (cursor, signal) =>
    readFigureEntries({ fundId, figure, cursor }, signal),
  )
  return (
    <SidePanel open onClose={onClose} title={`${title}: its entries`}>
      {query.error ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.rows ? null : <Skeleton className="h-24" />}
      {query.rows?.length === 0 ? <EmptyState title="No entry stands behind this figure yet" /> : null}
      <ul aria-label={`Entries of ${title}`} className="divide-y divide-line text-sm">
        {query.rows?.map(({ id, number, kind, effectiveOn, amount, reason }) => (
          <li key={id} className="flex items-baseline justify-between gap-3 py-2">
            <span className="min-w-0">
              <span className="font-medium">
                {number}. {kind.replaceAll('_', ' ')}
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
