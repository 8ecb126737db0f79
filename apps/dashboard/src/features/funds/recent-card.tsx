'use client'
import { useQuery } from '@tanstack/react-query'
import type { FundView, RecentOfFund } from '@throughline/contracts'
import { Card, EmptyState, ErrorState, formatAge, formatDay, formatMoney, Skeleton } from '@throughline/ui'
import Link from 'next/link'
import { readRecent } from './funds.api.ts'
import { happenedWord } from './happened-words.ts'

type Happened = RecentOfFund['data'][number]

const Line = ({ happened, fund }: { happened: Happened; fund: FundView }) => (
  <li className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-0.5 px-4 py-2.5 text-sm">
    <span className="min-w-0 [overflow-wrap:anywhere]">
      <span className="font-medium">{happenedWord(happened.kind)}</span>
      {happened.investor ? (
        <>
          {': '}
          <Link href={`/funds/${fund.id}/investors/${happened.investor.id}`} className="underline">
            {happened.investor.name}
          </Link>
        </>
      ) : null}
      {happened.reason ? <span className="text-muted">, {happened.reason}</span> : null}
    </span>
    <span className="tabular text-right">
      {formatMoney(happened.amount, fund.currency)}
      <span className="ml-3 text-muted">
        {formatDay(happened.on)}, written {formatAge(happened.at)}
      </span>
    </span>
  </li>
)

/** What was done in the fund last. */
export function RecentCard({ fund }: { fund: FundView }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fund.id, 'recent'],
    queryFn: ({ signal }) => readRecent(fund.id, signal),
  })
  return (
    <Card>
      <h2 className="border-line border-b px-4 py-3 font-semibold">Done last</h2>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton className="m-4 h-24" />
      ) : data.data.length === 0 ? (
        <EmptyState title="Nothing has happened yet">
          The first commitment, call or payment is the first line here.
        </EmptyState>
      ) : (
        <ul aria-label="Done last" className="divide-y divide-line">
          {data.data.map((each) => (
            <Line key={each.id} happened={each} fund={fund} />
          ))}
        </ul>
      )}
    </Card>
  )
}
