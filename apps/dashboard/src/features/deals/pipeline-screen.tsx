'use client'
import { useQuery } from '@tanstack/react-query'
import type { DealStage, DealView } from '@throughline/contracts'
import {
  Button,
  EmptyState,
  ErrorState,
  formatDay,
  formatNumber,
  formatShare,
  PageHeader,
  Skeleton,
  Stat,
  useSession,
} from '@throughline/ui'
import { FileUp, Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Amounts } from '../reports/figures.tsx'
import { BoardColumn } from './board-column.tsx'
import { readBoard, readStatistics } from './deals.api.ts'
import { LostReasonDialog } from './lost-reason-dialog.tsx'
import { NewDealDialog } from './new-deal-dialog.tsx'
import { type Move, useMoveDeal } from './use-move-deal.ts'

function Figures() {
  const { data } = useQuery({ queryKey: ['statistics'], queryFn: ({ signal }) => readStatistics(signal) })
  if (!data)
    return (
      <div className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {['a', 'b', 'c', 'd'].map((key) => (
          <Skeleton key={key} className="h-24 rounded-2xl" />
        ))}
      </div>
    )
  return (
    <dl className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat
        label="Open pipeline"
        value={<Amounts amounts={data.open.sums} deals={data.open.deals} />}
        detail={`${formatNumber(data.open.count)} open deals`}
      />
      <Stat
        label="Weighted"
        value={<Amounts amounts={data.open.weighted} deals={data.open.deals} />}
        detail="by the probability of each deal"
      />
      <Stat
        label="Won"
        value={<Amounts amounts={data.closed.won.sums} deals={data.closed.won.deals} />}
        detail={`${formatNumber(data.closed.won.count)} deals since ${formatDay(data.period.from)}`}
      />
      <Stat
        label="Win rate"
        value={formatShare(data.closed.winRate)}
        detail={`of ${formatNumber(data.closed.won.count + data.closed.lost.count)} closed since then`}
      />
    </dl>
  )
}

function Board() {
  const { user, may } = useSession()
  const { data, error, refetch } = useQuery({ queryKey: ['board'], queryFn: ({ signal }) => readBoard(signal) })
  const { mutate } = useMoveDeal()
  const [losing, setLosing] = useState<Move>()
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data)
    return (
      <div className="flex gap-3 overflow-hidden">
        {['a', 'b', 'c', 'd', 'e'].map((key) => (
          <Skeleton key={key} className="h-96 w-72 shrink-0 rounded-2xl" />
        ))}
      </div>
    )
  if (data.columns.every(({ count }) => count === 0))
    return (
      <EmptyState
        title="No deals yet"
        action={
          <Button asChild kind="primary">
            <Link href="/imports">Import a file</Link>
          </Button>
        }
      >
        Bring your deals in from a CSV file, or write the first one down.
      </EmptyState>
    )
  // A member changes only their own deals; the API refuses the others, so they are not offered here.
  const mayMove = (deal: DealView) => may('deal:update') && (user?.role !== 'member' || deal.owner?.id === user.id)
  const move = (deal: DealView, stage: DealStage) =>
    stage === 'CLOSED_LOST' ? setLosing({ deal, stage }) : mutate({ deal, stage })
  const findDeal = (id: string) => data.columns.flatMap(({ deals }) => deals).find((deal) => deal.id === id)
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard. */}
      <section aria-label="Board" tabIndex={0} className="-mx-4 flex gap-3 overflow-x-auto px-4 pb-3 md:-mx-8 md:px-8">
        {data.columns.map((column) => (
          <BoardColumn key={column.stage} column={column} mayMove={mayMove} onMove={move} findDeal={findDeal} />
        ))}
      </section>
      <LostReasonDialog
        move={losing}
        onClose={() => setLosing(undefined)}
        onConfirm={(confirmed) => {
          setLosing(undefined)
          mutate(confirmed)
        }}
      />
    </>
  )
}

/** The pipeline as a board by stage. */
export function PipelineScreen() {
  const { may } = useSession()
  const [creating, setCreating] = useState(false)
  return (
    <>
      <PageHeader
        title="Pipeline"
        actions={
          <>
            {may('deal:import') ? (
              <Button asChild>
                <Link href="/imports">
                  <FileUp aria-hidden /> Import
                </Link>
              </Button>
            ) : null}
            {may('deal:create') ? (
              <Button kind="primary" onClick={() => setCreating(true)}>
                <Plus aria-hidden /> New deal
              </Button>
            ) : null}
          </>
        }
      >
        Drag a deal to its next stage, or use the arrow on its card.
      </PageHeader>
      <Figures />
      <Board />
      <NewDealDialog open={creating} onOpenChange={setCreating} />
    </>
  )
}
