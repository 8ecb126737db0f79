'use client'
import { useQuery } from '@tanstack/react-query'
import { Card, ErrorState, Skeleton } from '@throughline/ui'
import { useState } from 'react'
import { FigurePanel } from './figure-panel.tsx'
import { FigureTile } from './figure-tile.tsx'
import { type Tile, tilesOf } from './figure-tiles.ts'
import { readFigures, readJCurve } from './figures.api.ts'
import { JCurveChart } from './j-curve.tsx'

/** What a fund has done so far, with the day that it is of; each figure opens its entries. */
export function FundFigures({ fundId }: { fundId: string }) {
  const [opened, setOpened] = useState<Tile>()
  const figures = useQuery({
    queryKey: ['fund', fundId, 'figures'],
    queryFn: ({ signal }) => readFigures(fundId, signal),
  })
  const curve = useQuery({ queryKey: ['fund', fundId, 'j-curve'], queryFn: ({ signal }) => readJCurve(fundId, signal) })
  if (figures.error && !figures.data)
    return (
      <Card>
        <ErrorState error={figures.error} onRetry={() => void figures.refetch()} />
      </Card>
    )
  if (!figures.data) return <Skeleton className="h-64 rounded-2xl" />
  return (
    <div className="grid gap-4">
      <ul aria-label="Figures" className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {tilesOf(figures.data).map((tile) => (
          <FigureTile key={tile.label} {...tile} onOpen={() => setOpened(tile)} />
        ))}
      </ul>
      {curve.data ? <JCurveChart curve={curve.data} /> : null}
      {opened ? (
        <FigurePanel
          key={opened.label}
          fundId={fundId}
          currency={figures.data.currency}
          figure={opened.figure}
          title={opened.label}
          onClose={() => setOpened(undefined)}
        />
      ) : null}
    </div>
  )
}
