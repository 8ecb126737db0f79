'use client'
import { useQuery } from '@tanstack/react-query'
import { Button, Card, EmptyState, ErrorState, formatDay, PageHeader, Skeleton } from '@throughline/ui'
import Link from 'next/link'
import { useState } from 'react'
import { FigureTile } from '../fund-figures/figure-tile.tsx'
import { useListedFunds } from '../funds/use-listed-funds.ts'
import { FundsBehind } from './funds-behind.tsx'
import { HoldingsTable } from './holdings-table.tsx'
import { readPortfolio } from './portfolio.api.ts'
import { type PortfolioFigure, type PortfolioTotals, tilesOf } from './portfolio-figures.ts'

interface Opened {
  label: string
  totals: PortfolioTotals
  figure: PortfolioFigure
}

const fundsOf = ({ funds }: PortfolioTotals): string => `${funds} ${funds === 1 ? 'fund' : 'funds'}`

/** All funds of the firm: what they come to by currency, and what they hold. */
export function PortfolioScreen() {
  const [opened, setOpened] = useState<Opened>()
  // Read for their rooms: what happens in them changes what they come to.
  useListedFunds()
  const { data, error, refetch } = useQuery({
    queryKey: ['funds', 'portfolio', 'figures'],
    queryFn: ({ signal }) => readPortfolio(signal),
  })
  return (
    <>
      <PageHeader
        title="Portfolio"
        actions={
          <Button asChild>
            <Link href="/funds">All funds</Link>
          </Button>
        }
      >
        All funds together, by currency{data ? `, as of ${formatDay(data.asOf)}` : ''}. Ratios are of totals; nothing is
        converted.
      </PageHeader>
      {error && !data ? (
        <Card>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Card>
      ) : !data ? (
        <Skeleton className="h-72 rounded-2xl" />
      ) : data.data.length === 0 ? (
        <Card>
          <EmptyState title="There is no fund yet">The first fund is made on the page of all funds.</EmptyState>
        </Card>
      ) : (
        <div className="grid gap-8">
          {data.data.map((totals) => (
            <section key={totals.currency} aria-labelledby={`in-${totals.currency}`} className="grid gap-3">
              <h2 id={`in-${totals.currency}`} className="font-semibold">
                {totals.currency}, {fundsOf(totals)}
              </h2>
              <ul aria-label={`Figures in ${totals.currency}`} className="grid grid-cols-2 gap-3 lg:grid-cols-4">
                {tilesOf(totals, `as of ${formatDay(data.asOf)}`).map((tile) => (
                  <FigureTile
                    key={tile.label}
                    {...tile}
                    onOpen={() => setOpened({ label: tile.label, totals, figure: tile.figure })}
                  />
                ))}
              </ul>
            </section>
          ))}
          <HoldingsTable />
        </div>
      )}
      {opened ? (
        <FundsBehind
          key={`${opened.totals.currency} ${opened.label}`}
          {...opened}
          onClose={() => setOpened(undefined)}
        />
      ) : null}
    </>
  )
}
