'use client'
import { useQuery } from '@tanstack/react-query'
import type { InvestorFiguresList } from '@throughline/contracts'
import { type Column, DataTable, EmptyState, formatDay, formatMoney } from '@throughline/ui'
import Link from 'next/link'
import { RateCell, RatioCell } from '../fund-figures/figure-cells.tsx'
import { policyText, rateText, ratioText } from '../fund-figures/figure-words.ts'
import { readFiguresOfInvestor } from '../fund-figures/figures.api.ts'
import { shareOf } from '../fund-figures/investor-figures.tsx'

type Figures = InvestorFiguresList['data'][number]
type Amount = 'paidIn' | 'distributed' | 'nav'
const money = (amount: Amount) => (figures: Figures) => formatMoney(figures[amount], figures.currency)

const Fund = ({ figures, investorId }: { figures: Figures; investorId: string }) => (
  <Link href={`/funds/${figures.fundId}/investors/${investorId}`} className="font-medium hover:underline">
    {figures.fundName}
  </Link>
)
const Nav = ({ figures }: { figures: Figures }) => (
  <>
    {money('nav')(figures)}
    <span className="block whitespace-nowrap text-muted text-xs">{shareOf(figures)}</span>
  </>
)
const columnsFor = (investorId: string): Column<Figures>[] => [
  { header: 'Fund', cell: (figures) => <Fund figures={figures} investorId={investorId} />, className: 'min-w-36' },
  { header: 'Paid in', cell: money('paidIn'), numeric: true },
  { header: 'Distributed', cell: money('distributed'), numeric: true },
  { header: 'NAV share', cell: (figures) => <Nav figures={figures} />, numeric: true },
  { header: 'DPI', cell: ({ dpi }) => <RatioCell ratio={dpi} />, numeric: true },
  { header: 'TVPI', cell: ({ tvpi }) => <RatioCell ratio={tvpi} />, numeric: true },
  { header: 'IRR, net', cell: ({ irr }) => <RateCell irr={irr} />, numeric: true },
  { header: 'As of', cell: ({ asOf }) => formatDay(asOf), className: 'whitespace-nowrap text-muted', wide: true },
]

/** What came of what an investor has paid in, fund by fund; currencies are not added up. */
export function PerformanceTable({ investorId }: { investorId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['investor', investorId, 'figures'],
    queryFn: ({ signal }) => readFiguresOfInvestor(investorId, signal),
  })
  if (data?.data.length === 0) return null
  return (
    <section aria-labelledby="performance" className="grid gap-3">
      <div>
        <h2 id="performance" className="font-semibold text-lg">
          Performance
        </h2>
        <p className="text-muted text-sm">
          After fees and expenses. A share is of the last struck NAV; how recallable distributions count is in the terms
          of each fund.
        </p>
      </div>
      <DataTable
        label="Performance"
        columns={columnsFor(investorId)}
        rows={data?.data}
        keyOf={({ fundId }) => fundId}
        error={data ? undefined : error}
        onRetry={() => void refetch()}
        empty={<EmptyState title="It is in no fund yet" />}
        card={(figures) => (
          <div className="grid gap-1.5 text-sm">
            <Fund figures={figures} investorId={investorId} />
            <p className="tabular">
              {money('nav')(figures)} <span className="text-muted">{shareOf(figures)}</span>
            </p>
            <p className="tabular text-muted">
              {money('paidIn')(figures)} paid in, {money('distributed')(figures)} distributed
            </p>
            <p className="tabular text-muted">
              DPI {ratioText(figures.dpi)}, TVPI {ratioText(figures.tvpi)}, net IRR {rateText(figures.irr)};{' '}
              {policyText[figures.policy]}
            </p>
          </div>
        )}
      />
    </section>
  )
}
