'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { DealThread, ThreadExplanation } from '@throughline/contracts'
import { Card, EmptyState, ErrorState, formatMoney, PageHeader, Skeleton, useFundRoom } from '@throughline/ui'
import Link from 'next/link'
import { useState } from 'react'
import { EntriesPanel } from '../fund-figures/entries-panel.tsx'
import { LoadMore } from '../records/load-more.tsx'
import { DealInFundFigures } from './deal-in-fund.tsx'
import { readThread, readThreadEntries } from './deal-thread.api.ts'
import { NoEntryPanel } from './no-entry-panel.tsx'
import { ThreadEvents } from './thread-events.tsx'
import { type Asked, figureNotes } from './thread-words.ts'

/** The money of a deal, from the day on which it was won to what it is worth; each number opens its entries. */
export function DealThreadScreen({ dealId }: { dealId: string }) {
  const [asked, setAsked] = useState<Asked>()
  const query = useInfiniteQuery({
    queryKey: ['deal-thread', dealId],
    queryFn: ({ pageParam, signal }) => readThread(dealId, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
  })
  const pages = query.data?.pages
  const thread = pages?.at(-1)
  if (query.error && !thread)
    return (
      <Card>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Card>
    )
  if (!pages || !thread) return <Skeleton className="h-96 rounded-2xl" />
  const { deal, funds } = thread
  return (
    <div>
      {funds.map(({ fundId }) => (
        <InFundRoom key={fundId} fundId={fundId} />
      ))}
      <PageHeader title={deal.title}>
        <Link href={`/deals?deal=${deal.id}`} className="underline underline-offset-2 hover:text-ink">
          The deal
        </Link>{' '}
        over {formatMoney(deal.value, deal.currency)}, {deal.isWon ? 'won' : 'not won'}, and its money
      </PageHeader>
      <div className="grid gap-6">
        {funds.length === 0 ? <NoFund deal={deal} /> : null}
        {funds.map((fund) => (
          <DealInFundFigures key={fund.fundId} fund={fund} onAsk={setAsked} />
        ))}
        <section aria-labelledby="thread" className="grid gap-3">
          <h2 id="thread" className="font-semibold">
            What happened
          </h2>
          <ThreadEvents
            events={pages.flatMap(({ data }) => data)}
            funds={funds}
            isWhole={!query.hasNextPage}
            onAsk={setAsked}
          />
          {query.hasNextPage ? <LoadMore query={query} /> : null}
        </section>
      </div>
      {asked?.explanation ? (
        <Explanation
          dealId={dealId}
          asked={asked}
          explanation={asked.explanation}
          onClose={() => setAsked(undefined)}
        />
      ) : null}
      {asked?.explanation === null ? <NoEntryPanel title={asked.title} onClose={() => setAsked(undefined)} /> : null}
    </div>
  )
}

const NoFund = ({ deal }: Pick<DealThread, 'deal'>) => (
  <Card>
    <EmptyState title="No fund has taken a part of it yet">
      {deal.isWon
        ? 'A part of the deal is allocated to a fund on its panel.'
        : 'Deals are allocated to funds when they are won.'}
    </EmptyState>
  </Card>
)

/** Hears what happens in a fund while it is shown. */
function InFundRoom({ fundId }: { fundId: string }) {
  useFundRoom(fundId)
  return null
}

interface ExplanationProps {
  dealId: string
  asked: Asked
  explanation: ThreadExplanation
  onClose(): void
}

const Explanation = ({ dealId, asked: { title, currency }, explanation, onClose }: ExplanationProps) => (
  <EntriesPanel
    key={JSON.stringify(explanation)}
    {...{ title, currency, onClose }}
    note={figureNotes[explanation.figure]}
    of={['deal-thread', { dealId, ...explanation }]}
    read={(cursor, signal) => readThreadEntries(dealId, { ...explanation, cursor }, signal)}
  />
)
