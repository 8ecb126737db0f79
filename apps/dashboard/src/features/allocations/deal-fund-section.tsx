'use client'
import { useQuery } from '@tanstack/react-query'
import type { AllocationView, DealFunding } from '@throughline/contracts'
import { Badge, Button, ErrorState, formatDay, formatMoney, Skeleton, useFundRoom, useSession } from '@throughline/ui'
import Link from 'next/link'
import { useState } from 'react'
import { CallStateBadge } from '../calls/call-state-badge.tsx'
import { callName } from '../calls/call-words.ts'
import { readDealFunding } from '../calls/calls.api.ts'
import { CancelAllocationDialog } from './cancel-allocation-dialog.tsx'
import { NewAllocationDialog } from './new-allocation-dialog.tsx'

/** What the fund desk has of a deal: what funds take of it, and what they have called for it. */
export function DealFundSection({ dealId }: { dealId: string }) {
  const { may } = useSession()
  const [asks, setAsks] = useState(false)
  const [cancels, setCancels] = useState<AllocationView>()
  const { data, error, refetch } = useQuery({
    queryKey: ['deal-funding', dealId],
    queryFn: ({ signal }) => readDealFunding(dealId, signal),
  })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-16" />
  const { proposal, allocations, calls } = data
  const mayChange = may('allocation:change')
  const left = proposal !== null && Number(proposal.amount) > 0
  const funds = new Set([...allocations, ...calls].map(({ fundId }) => fundId))
  return (
    <div className="grid gap-3 text-sm">
      {[...funds].map((fundId) => (
        <InFundRoom key={fundId} fundId={fundId} />
      ))}
      {allocations.length === 0 ? (
        <p className="text-muted">
          {proposal ? 'No fund has taken a part of it yet.' : 'Won deals are allocated to funds.'}
        </p>
      ) : (
        <ul aria-label="Allocations" className="grid gap-2">
          {allocations.map((each) => (
            <Allocation key={each.id} allocation={each} onCancel={mayChange ? () => setCancels(each) : undefined} />
          ))}
        </ul>
      )}
      {calls.length > 0 ? <Calls calls={calls} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        {mayChange && left ? (
          <Button size="sm" onClick={() => setAsks(true)}>
            Allocate to a fund
          </Button>
        ) : null}
        {allocations.length > 0 ? (
          <Link href={`/deals/${dealId}/thread`} className="font-medium underline-offset-2 hover:underline">
            Follow the money
          </Link>
        ) : null}
      </div>
      {asks && proposal ? (
        <NewAllocationDialog dealId={dealId} proposal={proposal} onClose={() => setAsks(false)} />
      ) : null}
      {cancels ? <CancelAllocationDialog allocation={cancels} onClose={() => setCancels(undefined)} /> : null}
    </div>
  )
}

/** Hears what happens in a fund while it is shown. */
function InFundRoom({ fundId }: { fundId: string }) {
  useFundRoom(fundId)
  return null
}

function Allocation({ allocation, onCancel }: { allocation: AllocationView; onCancel: (() => void) | undefined }) {
  const { fundId, fundName, amount, currency, percent, tranche, investorName, allocatedOn, state } = allocation
  const details = [
    percent ? `${Number(percent)} %` : null,
    tranche > 1 ? `tranche ${tranche}` : null,
    investorName ? `beside it ${investorName}` : null,
    formatDay(allocatedOn),
  ]
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
      <span>
        <Link href={`/funds/${fundId}`} className="font-medium hover:underline">
          {fundName}
        </Link>{' '}
        <span className="text-muted">{details.filter(Boolean).join(', ')}</span>
      </span>
      <span className="flex items-center gap-2">
        <span className="tabular">{formatMoney(amount, currency)}</span>
        {state === 'CANCELLED' ? <Badge>Cancelled</Badge> : null}
        {state === 'ACTIVE' && onCancel ? (
          <Button kind="ghost" size="sm" onClick={onCancel} aria-label={`Cancel the allocation to ${fundName}`}>
            Cancel
          </Button>
        ) : null}
      </span>
    </li>
  )
}

const Calls = ({ calls }: Pick<DealFunding, 'calls'>) => (
  <ul aria-label="Capital calls" className="grid gap-2">
    {calls.map((call) => (
      <li key={call.id} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <Link href={`/funds/${call.fundId}/calls/${call.id}`} className="hover:underline">
          {callName(call)}
        </Link>
        <span className="flex items-center gap-2">
          <span className="tabular text-muted">
            {formatMoney(call.applied, call.currency)} of {formatMoney(call.amount, call.currency)}
          </span>
          <CallStateBadge call={call} />
        </span>
      </li>
    ))}
  </ul>
)
