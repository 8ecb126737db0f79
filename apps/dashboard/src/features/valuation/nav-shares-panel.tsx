'use client'
import type { NavPeriodView, NavShareView } from '@throughline/contracts'
import { ErrorState, formatDay, formatMoney, SidePanel, Skeleton } from '@throughline/ui'
import Link from 'next/link'
import { readNavShares } from '../fund-figures/figures.api.ts'
import { shareColumns } from '../fund-figures/share-columns.tsx'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'

interface NavSharesPanelProps {
  period: NavPeriodView
  currency: string
  onClose(): void
}

/** What each investor had of a struck net asset value; how it came about is below each. */
export function NavSharesPanel({ period, currency, onClose }: NavSharesPanelProps) {
  const { id, fundId, asOf, nav } = period
  const query = useRecordPages('fund', { fundId, sharesOf: id }, (cursor, signal) => readNavShares(id, cursor, signal))
  return (
    <SidePanel open onClose={onClose} title={`NAV of ${formatDay(asOf)}: shares`}>
      <p className="mb-3 text-sm">
        <span className="tabular font-semibold">{formatMoney(nav, currency)}</span>, shared out to the cent.
      </p>
      {query.error && !query.rows ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.rows || query.error ? null : <Skeleton className="h-24" />}
      <ul aria-label="Shares" className="divide-y divide-line text-sm">
        {query.rows?.map((share) => (
          <li key={share.investorId} className="py-2">
            <Share share={share} fundId={fundId} currency={currency} />
          </li>
        ))}
      </ul>
      {query.rows?.length === 0 ? <p className="text-muted text-sm">Nobody had a part of it.</p> : null}
      {query.hasNextPage ? <LoadMore query={query} /> : null}
    </SidePanel>
  )
}

const Share = ({ share, fundId, currency }: { share: NavShareView; fundId: string; currency: string }) => (
  <details>
    <summary className="flex cursor-pointer items-baseline justify-between gap-3">
      <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{share.investorName}</span>
      <span className="tabular whitespace-nowrap">{formatMoney(share.ending, currency)}</span>
    </summary>
    <dl className="mt-2 grid grid-cols-2 gap-x-4 gap-y-1 text-muted text-xs">
      {shareColumns(currency).map(({ header, cell }) => (
        <div key={header} className="flex justify-between gap-2">
          <dt>{header}</dt>
          <dd className="tabular">{cell(share)}</dd>
        </div>
      ))}
    </dl>
    <Link href={`/funds/${fundId}/investors/${share.investorId}`} className="mt-2 inline-block text-xs underline">
      {share.investorName} in this fund
    </Link>
  </details>
)
