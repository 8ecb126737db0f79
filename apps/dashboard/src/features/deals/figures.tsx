'use client'
import type { DealStatistics } from '@throughline/contracts'
import { formatCompactMoney, formatDay, formatNumber, formatShare, Skeleton, Stat } from '@throughline/ui'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useStatistics } from './use-statistics.ts'

const money = (list: readonly { currency: string; value: string }[]): string =>
  list.length === 0 ? '–' : list.map(({ currency, value }) => formatCompactMoney(value, currency)).join(' · ')

/** A number, and the way to the deals behind it. */
function Behind({ deals, children }: { deals: string | null; children: ReactNode }) {
  if (deals === null) return children
  return (
    <Link href={deals === '' ? '/deals' : `/deals?${deals}`} className="hover:underline">
      {children}
    </Link>
  )
}

/** Where the probabilities come from: the firm's own past, what it has set, or both. */
function sourceWords(probabilities: DealStatistics['probabilities']): string {
  const learnt = probabilities.filter(({ source }) => source === 'history').length
  if (learnt === 0) return 'by the probability set for each stage'
  return learnt === probabilities.length
    ? 'by how your deals went in the last year'
    : 'by how your deals went, where there were enough, else as set'
}

/** How the pipeline stands; each figure opens its deals. */
export function Figures() {
  const data = useStatistics()
  if (!data)
    return (
      <div className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="h-24 rounded-2xl" />
        ))}
      </div>
    )
  const { open, closed, period, probabilities } = data
  const since = `since ${formatDay(period.from)}`
  return (
    <dl className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat
        label="Open pipeline"
        value={<Behind deals={open.deals}>{money(open.sums)}</Behind>}
        detail={`${formatNumber(open.count)} open deals`}
      />
      <Stat
        label="Weighted"
        value={<Behind deals={open.deals}>{money(open.weighted)}</Behind>}
        detail={sourceWords(probabilities)}
      />
      <Stat
        label="Won"
        value={<Behind deals={closed.won.deals}>{money(closed.won.sums)}</Behind>}
        detail={`${formatNumber(closed.won.count)} deals ${since}`}
      />
      <Stat
        label="Win rate"
        value={formatShare(closed.winRate)}
        detail={`of ${formatNumber(closed.won.count + closed.lost.count)} deals closed ${since}`}
      />
    </dl>
  )
}
