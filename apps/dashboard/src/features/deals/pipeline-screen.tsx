'use client'
import { useQuery } from '@tanstack/react-query'
import type { DealStatistics } from '@throughline/contracts'
import { formatCompactMoney, formatNumber, formatShare, Skeleton, Stat } from '@throughline/ui'
import { useRef } from 'react'
import { Board } from './board.tsx'
import { readStatistics } from './deals.api.ts'
import { useDealQuery } from './use-deal-query.ts'
import { DealsWorkspace } from './workspace.tsx'

const sums = (list: DealStatistics['pipeline']): string =>
  list.length === 0 ? '–' : list.map(({ currency, value }) => formatCompactMoney(value, currency)).join(' · ')

function Figures() {
  const { data } = useQuery({ queryKey: ['statistics'], queryFn: ({ signal }) => readStatistics(signal) })
  if (!data)
    return (
      <div className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="h-24 rounded-2xl" />
        ))}
      </div>
    )
  return (
    <dl className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat label="Open pipeline" value={sums(data.pipeline)} detail={`${formatNumber(data.openCount)} open deals`} />
      <Stat label="Weighted" value={sums(data.weightedPipeline)} detail="by the probability of each stage" />
      <Stat label="Won" value={sums(data.won)} detail={`${formatNumber(data.wonCount)} deals`} />
      <Stat
        label="Win rate"
        value={formatShare(data.winRate)}
        detail={`of ${formatNumber(data.wonCount + data.lostCount)} closed deals`}
      />
    </dl>
  )
}

/** The pipeline as a board by stage. */
export function PipelineScreen() {
  const query = useDealQuery()
  const shown = useRef<readonly string[]>([])
  return (
    <DealsWorkspace layout="board" title="Pipeline" query={query} shown={shown} figures={<Figures />}>
      <Board query={query} shown={shown} />
    </DealsWorkspace>
  )
}
