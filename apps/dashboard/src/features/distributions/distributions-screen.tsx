'use client'
import type { DistributionView } from '@throughline/contracts'
import { Button, type Column, DataTable, EmptyState, formatDay, formatMoney, useSession } from '@throughline/ui'
import Link from 'next/link'
import { useFund } from '../funds/use-fund.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { DistributionStateBadge } from './distribution-state.tsx'
import { readDistributions } from './distributions.api.ts'
import { FundWaterfall } from './fund-waterfall.tsx'

const columnsFor = (fundId: string, currency: string): Column<DistributionView>[] => {
  const money = (name: 'returnOfCapital' | 'gain' | 'income') => (row: DistributionView) =>
    formatMoney(row[name], currency)
  return [
    { header: 'No.', cell: ({ number }) => number ?? '–', numeric: true },
    {
      header: 'Distribution',
      cell: ({ id, title }) => (
        <Link href={`/funds/${fundId}/distributions/${id}`} className="font-medium hover:underline">
          {title}
        </Link>
      ),
      className: 'min-w-44',
    },
    { header: 'State', cell: ({ state }) => <DistributionStateBadge state={state} /> },
    { header: 'Day', cell: ({ distributedOn }) => formatDay(distributedOn), className: 'whitespace-nowrap' },
    { header: 'Return of capital', cell: money('returnOfCapital'), numeric: true },
    { header: 'Gain', cell: money('gain'), numeric: true },
    { header: 'Income', cell: money('income'), numeric: true },
  ]
}

/** What a fund has sent back, and is about to. */
export function DistributionsScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const { data: fund } = useFund(fundId)
  const query = useRecordPages('fund', { fundId, list: 'distributions' }, (cursor, signal) =>
    readDistributions(fundId, cursor, signal),
  )
  if (!fund) return null
  return (
    <div className="grid gap-4">
      {may('distribution:draft') ? (
        <div className="flex justify-end">
          <Button kind="primary" asChild>
            <Link href={`/funds/${fundId}/distributions/new`}>New distribution</Link>
          </Button>
        </div>
      ) : null}
      <DataTable
        label="Distributions"
        columns={columnsFor(fundId, fund.currency)}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState title="Nothing was distributed yet">
            A distribution returns capital, gain and income to investors; a second person approves it.
          </EmptyState>
        }
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
      <FundWaterfall fundId={fundId} />
    </div>
  )
}
