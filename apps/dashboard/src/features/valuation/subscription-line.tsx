'use client'
import { useQuery } from '@tanstack/react-query'
import type { FundFigures } from '@throughline/contracts'
import { Button, Card, EmptyState, ErrorState, formatDay, formatMoney, Skeleton } from '@throughline/ui'
import { useState } from 'react'
import { FigurePanel } from '../fund-figures/figure-panel.tsx'
import { rateText } from '../fund-figures/figure-words.ts'
import { readFigures } from '../fund-figures/figures.api.ts'

/** What a bank has paid in the place of investors and was not repaid. */
export function SubscriptionLine({ fundId }: { fundId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fundId, 'figures'],
    queryFn: ({ signal }) => readFigures(fundId, signal),
  })
  return (
    <section aria-labelledby="subscription-line" className="grid gap-3">
      <h2 id="subscription-line" className="font-semibold">
        Subscription line
      </h2>
      <Card className="px-4 py-3.5">
        {data ? (
          <Drawn figures={data} />
        ) : error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-10" />
        )}
      </Card>
    </section>
  )
}

function Drawn({ figures }: { figures: FundFigures }) {
  const [isOpen, setOpen] = useState(false)
  const { fundId, currency, asOf, irr, subscriptionLine: line } = figures
  if (line === 'none_recorded')
    return (
      <EmptyState title="No draw is recorded">
        What a bank pays in the place of investors is booked as an entry, and what it gets back.
      </EmptyState>
    )
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 flex-1 basis-64 text-sm">
          <span className="tabular font-medium">{formatMoney(line.drawn, currency)}</span> drawn and not repaid as of{' '}
          {formatDay(asOf)}.
          <span className="block text-muted">
            The net rate is {rateText(irr.net)} with the line and {rateText(line.netIrrWithout)} without it, as if
            investors had paid when the line did. Its interest is a cost of both.
          </span>
        </p>
        <Button onClick={() => setOpen(true)}>Show its entries</Button>
      </div>
      {isOpen ? (
        <FigurePanel
          {...{ fundId, currency }}
          figure="drawn"
          title="Subscription line"
          onClose={() => setOpen(false)}
        />
      ) : null}
    </>
  )
}
