'use client'
import type { InvestorNavShareView } from '@throughline/contracts'
import { type Column, DataTable, EmptyState, formatDay, formatMoney } from '@throughline/ui'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { readSharesOfInvestor } from './figures.api.ts'
import { shareColumns } from './share-columns.tsx'

const columnsFor = (currency: string): Column<InvestorNavShareView>[] => [
  {
    header: 'NAV of',
    cell: ({ asOf, revision }) => `${formatDay(asOf)}${revision > 1 ? `, revision ${revision}` : ''}`,
    className: 'whitespace-nowrap',
  },
  ...shareColumns(currency),
  {
    header: 'Whole fund',
    cell: ({ nav }) => formatMoney(nav, currency),
    numeric: true,
    className: 'whitespace-nowrap text-muted',
  },
]

interface InvestorSharesProps {
  fundId: string
  investorId: string
  currency: string
}

/** What an investor had of each struck net asset value, from one to the next. */
export function InvestorShares({ fundId, investorId, currency }: InvestorSharesProps) {
  const query = useRecordPages('fund', { fundId, investorId, list: 'shares' }, (cursor, signal) =>
    readSharesOfInvestor(fundId, investorId, cursor, signal),
  )
  return (
    <section aria-labelledby="nav-shares" className="grid gap-3">
      <h2 id="nav-shares" className="font-semibold">
        NAV share by period
      </h2>
      <DataTable
        label="NAV share by period"
        columns={columnsFor(currency)}
        rows={query.rows}
        keyOf={({ periodId }) => periodId}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title="No NAV was struck yet">Each struck NAV is shared out to the cent.</EmptyState>}
        card={(share) => (
          <div className="grid gap-1 text-sm">
            <p className="flex justify-between gap-2 font-medium">
              <span>{formatDay(share.asOf)}</span>
              <span className="tabular">{formatMoney(share.ending, currency)}</span>
            </p>
            <p className="tabular text-muted">
              {formatMoney(share.beginning, currency)} before, {formatMoney(share.contributions, currency)} paid in,{' '}
              {formatMoney(share.distributions, currency)} distributed
            </p>
          </div>
        )}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
    </section>
  )
}
