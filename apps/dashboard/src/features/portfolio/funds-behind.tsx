'use client'
import type { PortfolioFundView } from '@throughline/contracts'
import { ErrorState, SidePanel, Skeleton } from '@throughline/ui'
import Link from 'next/link'
import { RatioCell } from '../fund-figures/figure-cells.tsx'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { readPortfolioFunds } from './portfolio.api.ts'
import {
  columnsBehind,
  isRatio,
  labelOf,
  type PortfolioFigure,
  type PortfolioTotals,
  textOf,
} from './portfolio-figures.ts'

const Figure = ({ of, figure }: { of: PortfolioTotals | PortfolioFundView; figure: PortfolioFigure }) =>
  isRatio(figure) ? <RatioCell ratio={of[figure]} /> : textOf(of, figure)

interface FundsBehindProps {
  /** Of the figure, as the page calls it. */
  label: string
  totals: PortfolioTotals
  figure: PortfolioFigure
  onClose(): void
}

/** The funds that a figure is the total of; each leads to its own figures, and those to their entries. */
export function FundsBehind({ label, totals, figure, onClose }: FundsBehindProps) {
  const { currency } = totals
  const query = useRecordPages('funds', { portfolio: currency }, (cursor, signal) =>
    readPortfolioFunds(currency, cursor, signal),
  )
  const columns = columnsBehind(figure)
  const title = `${label} in ${currency}: its funds`
  return (
    <SidePanel open onClose={onClose} title={title}>
      {query.error && !query.rows ? <ErrorState error={query.error} onRetry={() => void query.refetch()} /> : null}
      {query.rows || query.error ? null : <Skeleton className="h-24" />}
      {query.rows ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard.
        <section aria-label={title} tabIndex={0} className="overflow-x-auto">
          <table className="w-full text-left text-sm">
            <thead className="text-muted text-xs">
              <tr>
                <th scope="col" className="py-1.5 pr-3 font-medium">
                  Fund
                </th>
                {columns.map((column) => (
                  <th key={column} scope="col" className="py-1.5 pl-3 text-right font-medium">
                    {labelOf(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody className="tabular">
              {query.rows.map((fund) => (
                <tr key={fund.fundId} className="border-line border-t">
                  <th scope="row" className="min-w-32 py-2 pr-3 font-medium [overflow-wrap:anywhere]">
                    <Link href={`/funds/${fund.fundId}`} className="underline">
                      {fund.name}
                    </Link>
                  </th>
                  {columns.map((column) => (
                    <td key={column} className="whitespace-nowrap py-2 pl-3 text-right">
                      <Figure of={fund} figure={column} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
            <tfoot className="tabular font-semibold">
              <tr className="border-line border-t">
                <th scope="row" className="py-2 pr-3">
                  Together
                </th>
                {columns.map((column) => (
                  <td key={column} className="whitespace-nowrap py-2 pl-3 text-right">
                    <Figure of={totals} figure={column} />
                  </td>
                ))}
              </tr>
            </tfoot>
          </table>
        </section>
      ) : null}
      {query.hasNextPage ? <LoadMore query={query} /> : null}
      <p className="mt-4 text-muted text-sm">
        Recallable distributions count on both sides here (GIPS), so that funds compare; the page of a fund follows its
        own terms.
      </p>
    </SidePanel>
  )
}
