'use client'
import { useQuery } from '@tanstack/react-query'
import type { HoldingView } from '@throughline/contracts'
import { Button, type Column, DataTable, EmptyState, formatDay, formatMoney, useSession } from '@throughline/ui'
import Link from 'next/link'
import { useState } from 'react'
import { useFund } from '../funds/use-fund.ts'
import { BookingDialog } from './booking-dialog.tsx'
import { Fees } from './fees.tsx'
import { MarkDialog } from './mark-dialog.tsx'
import { NavHistory } from './nav-history.tsx'
import { SubscriptionLine } from './subscription-line.tsx'
import { readHoldings } from './valuation.api.ts'

function columnsFor(currency: string, onMark: ((holding: HoldingView) => void) | undefined): Column<HoldingView>[] {
  const money = (name: 'invested' | 'cost' | 'value' | 'realised') => (row: HoldingView) =>
    formatMoney(row[name], currency)
  return [
    {
      header: 'Holding',
      cell: ({ dealId, dealTitle }) => (
        <Link href={`/deals/${dealId}/thread`} className="hover:underline">
          {dealTitle}
        </Link>
      ),
      className: 'min-w-40 font-medium',
    },
    { header: 'Since', cell: ({ investedOn }) => formatDay(investedOn), className: 'whitespace-nowrap' },
    { header: 'Invested', cell: money('invested'), numeric: true },
    { header: 'Cost', cell: money('cost'), numeric: true },
    { header: 'Value', cell: money('value'), numeric: true },
    { header: 'Realised', cell: money('realised'), numeric: true },
    { header: 'MOIC', cell: ({ moic }) => (moic ? `${moic}×` : '–'), numeric: true },
    {
      header: 'Marked',
      cell: ({ markedOn }) => (markedOn ? formatDay(markedOn) : 'at cost'),
      className: 'whitespace-nowrap',
    },
    ...(onMark
      ? [
          {
            header: 'Change',
            cell: (holding: HoldingView) => (
              <Button size="sm" aria-label={`Mark ${holding.dealTitle}`} onClick={() => onMark(holding)}>
                Mark
              </Button>
            ),
          },
        ]
      : []),
  ]
}

/** What a fund holds, what it is worth, and what it costs. */
export function ValuationScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const { data: fund } = useFund(fundId)
  const [marked, setMarked] = useState<HoldingView>()
  const [isBooking, setBooking] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fundId, 'holdings'],
    queryFn: ({ signal }) => readHoldings(fundId, signal),
  })
  if (!fund) return null
  const { currency, asOf: today } = fund
  const mayPost = may('ledger:post')
  return (
    <div className="grid gap-8">
      <section aria-labelledby="holdings" className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 id="holdings" className="font-semibold">
            Holdings as of {formatDay(today)}
          </h2>
          {mayPost ? <Button onClick={() => setBooking(true)}>Book an entry</Button> : null}
        </div>
        <DataTable
          label="Holdings"
          columns={columnsFor(currency, mayPost ? setMarked : undefined)}
          rows={data?.data}
          keyOf={({ dealId }) => dealId}
          error={data ? undefined : error}
          onRetry={() => void refetch()}
          empty={
            <EmptyState title="The fund holds nothing yet">An investment in a won deal is booked here.</EmptyState>
          }
        />
      </section>
      <NavHistory fundId={fundId} currency={currency} today={today} mayPost={mayPost} />
      <Fees fundId={fundId} currency={currency} today={today} mayPost={mayPost} />
      <SubscriptionLine fundId={fundId} />
      {marked ? (
        <MarkDialog
          fundId={fundId}
          currency={currency}
          today={today}
          holding={marked}
          onClose={() => setMarked(undefined)}
        />
      ) : null}
      {isBooking ? <BookingDialog fundId={fundId} today={today} onClose={() => setBooking(false)} /> : null}
    </div>
  )
}
