'use client'
import type { PortfolioHoldingView } from '@throughline/contracts'
import { type Column, DataTable, EmptyState, formatDay, formatMoney } from '@throughline/ui'
import Link from 'next/link'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { readPortfolioHoldings } from './portfolio.api.ts'

type Amount = 'invested' | 'cost' | 'value' | 'realised'
const moneyOf = (holding: PortfolioHoldingView, amount: Amount) => formatMoney(holding[amount], holding.currency)
const money = (amount: Amount) => (holding: PortfolioHoldingView) => moneyOf(holding, amount)
const moic = ({ moic: value }: PortfolioHoldingView): string => (value ? `${value}×` : '–')

const Deal = ({ holding: { dealId, dealTitle } }: { holding: PortfolioHoldingView }) => (
  <Link href={`/deals?deal=${dealId}`} className="font-medium hover:underline">
    {dealTitle || 'A deal without a title'}
  </Link>
)
const Fund = ({ holding: { fundId, fundName } }: { holding: PortfolioHoldingView }) => (
  <Link href={`/funds/${fundId}/valuation`} className="hover:underline">
    {fundName}
  </Link>
)

const columns: Column<PortfolioHoldingView>[] = [
  { header: 'Deal', cell: (holding) => <Deal holding={holding} />, className: 'min-w-40' },
  { header: 'Fund', cell: (holding) => <Fund holding={holding} />, className: 'min-w-32' },
  { header: 'Since', cell: ({ investedOn }) => formatDay(investedOn), className: 'whitespace-nowrap', wide: true },
  { header: 'Invested', cell: money('invested'), numeric: true, wide: true },
  { header: 'Cost', cell: money('cost'), numeric: true },
  { header: 'Fair value', cell: money('value'), numeric: true },
  { header: 'Returned', cell: money('realised'), numeric: true },
  { header: 'MOIC', cell: moic, numeric: true },
  {
    header: 'Marked',
    cell: ({ markedOn }) => (markedOn ? formatDay(markedOn) : 'at cost'),
    className: 'whitespace-nowrap text-muted',
    wide: true,
  },
]

const HoldingCard = ({ holding }: { holding: PortfolioHoldingView }) => (
  <div className="grid gap-1 text-sm">
    <div className="flex items-baseline justify-between gap-2">
      <Deal holding={holding} />
      <span className="tabular">{moic(holding)}</span>
    </div>
    <Fund holding={holding} />
    <p className="tabular text-muted">
      {moneyOf(holding, 'cost')} cost, {moneyOf(holding, 'value')} fair value, {moneyOf(holding, 'realised')} returned
    </p>
  </div>
)

/** What each fund holds of each deal. */
export function HoldingsTable() {
  const query = useRecordPages('funds', { portfolio: 'holdings' }, readPortfolioHoldings)
  return (
    <section aria-labelledby="all-holdings" className="grid gap-3">
      <h2 id="all-holdings" className="font-semibold">
        Holdings
      </h2>
      <DataTable
        label="Holdings of all funds"
        columns={columns}
        rows={query.rows}
        keyOf={({ fundId, dealId }) => `${fundId} ${dealId}`}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState title="No fund holds anything yet">Investments are booked on the page of a fund.</EmptyState>
        }
        card={(holding) => <HoldingCard holding={holding} />}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
    </section>
  )
}
