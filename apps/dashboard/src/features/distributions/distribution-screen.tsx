'use client'
import { useQuery } from '@tanstack/react-query'
import type { DistributionDetail } from '@throughline/contracts'
import { Card, ErrorState, formatDay, messageOf, Notice, Skeleton } from '@throughline/ui'
import Link from 'next/link'
import { useFund } from '../funds/use-fund.ts'
import { BasisFacts } from './basis-facts.tsx'
import { CsvLink } from './csv-link.tsx'
import { DistributionActions } from './distribution-actions.tsx'
import { DistributionStateBadge } from './distribution-state.tsx'
import { readDistribution, readWaterfall } from './distributions.api.ts'
import { LinesTable } from './lines-table.tsx'
import { Totals } from './totals.tsx'
import { WaterfallStatement } from './waterfall-statement.tsx'

/** One distribution: who gets what, how the carry came about, and what can be done with it. */
export function DistributionScreen({ fundId, distributionId }: { fundId: string; distributionId: string }) {
  const { data: fund } = useFund(fundId)
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fundId, 'distribution', distributionId],
    queryFn: ({ signal }) => readDistribution(distributionId, signal),
  })
  if (error && !data)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (!data || !fund) return <Skeleton className="h-64 rounded-2xl" />
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="min-w-0">
          <Link href={`/funds/${fundId}/distributions`} className="text-muted text-sm hover:underline">
            All distributions
          </Link>
          <h2 className="flex flex-wrap items-center gap-2 font-semibold text-lg [overflow-wrap:anywhere]">
            {data.title} <DistributionStateBadge state={data.state} />
          </h2>
          <p className="text-muted text-sm">{historyOf(data)}</p>
        </div>
        <DistributionActions distribution={data} currency={fund.currency} today={fund.asOf} />
      </div>
      {data.problem ? <Notice tone="warn">{data.problem} Edit or cancel this draft.</Notice> : null}
      <Totals distribution={data} currency={fund.currency} />
      <BasisFacts distribution={data} />
      {data.basis.method === 'waterfall' && data.problem === null ? <Waterfall distribution={data} /> : null}
      {data.problem === null ? <LinesTable distribution={data} currency={fund.currency} today={fund.asOf} /> : null}
    </div>
  )
}

/** Its day, and what has become of it. */
function historyOf({ distributedOn, approvedAt, declaredAt, paidAt, cancelReason }: DistributionDetail): string {
  const steps = Object.entries({ approved: approvedAt, declared: declaredAt, paid: paidAt })
  return [
    formatDay(distributedOn),
    ...steps.flatMap(([step, at]) => (at ? [`${step} ${formatDay(at.slice(0, 10))}`] : [])),
    ...(cancelReason ? [`cancelled: ${cancelReason}`] : []),
  ].join(', ')
}

function Waterfall({ distribution: { fundId, id, state, declaredAt } }: { distribution: DistributionDetail }) {
  const isGone = state === 'CANCELLED' && declaredAt === null
  const { data, error } = useQuery({
    queryKey: ['fund', fundId, 'distribution', id, 'waterfall'],
    queryFn: ({ signal }) => readWaterfall(id, signal),
    enabled: !isGone,
  })
  if (isGone) return null
  if (error && !data) return <Notice tone="warn">The waterfall cannot be shown: {messageOf(error)}</Notice>
  return data ? (
    <WaterfallStatement waterfall={data}>
      <CsvLink address={`/distributions/${id}/waterfall.csv`} />
    </WaterfallStatement>
  ) : (
    <Skeleton className="h-64 rounded-2xl" />
  )
}
