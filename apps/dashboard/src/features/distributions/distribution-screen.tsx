'use client'
import { useQuery } from '@tanstack/react-query'
import type { DistributionDetail, DistributionLineView } from '@throughline/contracts'
import {
  Card,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  formatDay,
  formatMoney,
  Skeleton,
  Stat,
} from '@throughline/ui'
import Link from 'next/link'
import { useFund } from '../funds/use-fund.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { DistributionActions } from './distribution-actions.tsx'
import { DistributionStateBadge } from './distribution-state.tsx'
import { readDistribution, readDistributionLines } from './distributions.api.ts'

const amounts = [
  ['Return of capital', 'returnOfCapital'],
  ['Gain', 'gain'],
  ['Income', 'income'],
  ['Carry', 'carry'],
  ['Withheld', 'withheld'],
  ['Recallable', 'recallable'],
  ['Net', 'net'],
] as const

const columnsFor = (currency: string): Column<DistributionLineView>[] => [
  { header: 'Investor', cell: ({ investorName }) => investorName, className: 'min-w-40' },
  { header: 'Tax', cell: ({ taxCountry }) => taxCountry ?? '–' },
  ...amounts.map(
    ([header, name]): Column<DistributionLineView> => ({
      header,
      cell: (line) => formatMoney(line[name], currency),
      numeric: true,
      className: 'whitespace-nowrap',
    }),
  ),
  {
    header: 'Paid',
    cell: ({ paidAt }) => (paidAt ? formatDay(paidAt.slice(0, 10)) : '–'),
    className: 'whitespace-nowrap',
  },
]

function Totals({ distribution, currency }: { distribution: DistributionDetail; currency: string }) {
  const { totals, expiresOn } = distribution
  const money = (sum: string) => formatMoney(sum, currency)
  const until = expiresOn ? `until ${formatDay(expiresOn)}` : 'while the fund lives'
  return (
    <dl className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      <Stat label="Gross" value={money(totals.gross)} detail={`${totals.investors} investors`} />
      <Stat label="Net to investors" value={money(totals.net)} detail={`${money(totals.withheld)} withheld`} />
      <Stat
        label="Recallable"
        value={money(totals.recallable)}
        detail={Number(totals.recallable) > 0 ? until : undefined}
      />
      <Stat label="Carry" value={money(totals.carry)} detail="of the general partner, in no investor’s figures" />
    </dl>
  )
}

/** One distribution: who gets what, and what can be done with it. */
export function DistributionScreen({ fundId, distributionId }: { fundId: string; distributionId: string }) {
  const { data: fund } = useFund(fundId)
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fundId, 'distribution', distributionId],
    queryFn: ({ signal }) => readDistribution(distributionId, signal),
  })
  const lines = useRecordPages('fund', { fundId, linesOf: distributionId }, (cursor, signal) =>
    readDistributionLines(distributionId, cursor, signal),
  )
  if (error && !data)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (!data || !fund) return <Skeleton className="h-64 rounded-2xl" />
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <Link href={`/funds/${fundId}/distributions`} className="text-muted text-sm hover:underline">
            All distributions
          </Link>
          <h2 className="flex flex-wrap items-center gap-2 font-semibold text-lg [overflow-wrap:anywhere]">
            {data.title} <DistributionStateBadge state={data.state} />
          </h2>
          <p className="text-muted text-sm">
            {formatDay(data.distributedOn)}
            {data.cancelReason ? `, cancelled: ${data.cancelReason}` : ''}
          </p>
        </div>
        <DistributionActions distribution={data} currency={fund.currency} today={fund.asOf} />
      </div>
      <Totals distribution={data} currency={fund.currency} />
      <DataTable
        label="Who gets what"
        columns={columnsFor(fund.currency)}
        rows={lines.rows}
        keyOf={({ investorId }) => investorId}
        error={lines.rows ? undefined : lines.error}
        onRetry={() => void lines.refetch()}
        empty={<EmptyState title="It has no lines" />}
        footer={lines.hasNextPage ? <LoadMore query={lines} /> : null}
      />
    </div>
  )
}
