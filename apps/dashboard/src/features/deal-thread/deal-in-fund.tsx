'use client'
import type { DealInFund } from '@throughline/contracts'
import { formatDay } from '@throughline/ui'
import Link from 'next/link'
import { FigureTile } from '../fund-figures/figure-tile.tsx'
import { type Asked, tilesOf } from './thread-words.ts'

interface DealInFundProps {
  fund: DealInFund
  onAsk(asked: Asked): void
}

/** Where one fund stands with the deal. */
export function DealInFundFigures({ fund, onAsk }: DealInFundProps) {
  const { fundId, fundName, currency, asOf } = fund
  return (
    <section aria-label={`In ${fundName}`} className="grid gap-3">
      <h2 className="font-semibold">
        <Link href={`/funds/${fundId}`} className="hover:underline">
          {fundName}
        </Link>{' '}
        <span className="font-normal text-muted text-sm">as of {formatDay(asOf)}</span>
      </h2>
      <ul aria-label={`Figures in ${fundName}`} className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {tilesOf(fund).map(({ figure, ...tile }) => (
          <FigureTile
            key={tile.label}
            {...tile}
            onOpen={() =>
              onAsk({ title: tile.label, currency, explanation: figure === null ? null : { fundId, figure } })
            }
          />
        ))}
      </ul>
    </section>
  )
}
