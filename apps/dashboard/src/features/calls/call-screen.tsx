'use client'
import { useQuery } from '@tanstack/react-query'
import type { CapitalCallDetail } from '@throughline/contracts'
import {
  Card,
  Code,
  ErrorState,
  Fact,
  FactList,
  formatDay,
  formatInstant,
  formatMoney,
  Notice,
  Skeleton,
  Stat,
  useSession,
} from '@throughline/ui'
import Link from 'next/link'
import { NoticesOfCall } from '../fund-documents/notices-of-call.tsx'
import { CallActions, CancelButton } from './call-actions.tsx'
import { CallLines } from './call-lines.tsx'
import { CallStateBadge } from './call-state-badge.tsx'
import { callName, componentWords } from './call-words.ts'
import { readCall, readMatrix } from './calls.api.ts'
import { MatrixTable } from './matrix-table.tsx'
import { OvercallButton } from './overcall-button.tsx'
import { useLiveMatrix } from './use-live-matrix.ts'

/** One capital call: where it stands, who owes what, and what can be done with it. */
export function CallScreen({ fundId, callId }: { fundId: string; callId: string }) {
  useLiveMatrix(fundId)
  const {
    data: call,
    error,
    refetch,
  } = useQuery({ queryKey: ['calls', 'one', callId], queryFn: ({ signal }) => readCall(callId, signal) })
  if (error && !call)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (!call) return <Skeleton className="h-96 rounded-2xl" />
  const isDecided = call.lines === 0 && call.state !== 'CANCELLED'
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <div className="flex min-w-0 flex-wrap items-center gap-3">
          <h2 className="font-semibold text-lg tracking-tight [overflow-wrap:anywhere]">{callName(call)}</h2>
          <CallStateBadge call={call} />
        </div>
        <CallActions call={call} />
      </div>
      {call.cancelReason ? <Notice tone="warn">Cancelled: {call.cancelReason}</Notice> : null}
      <Sums call={call} />
      <Shortfall call={call} />
      <Follows call={call} />
      <Components call={call} />
      {isDecided ? <DraftMatrix callId={call.id} version={call.version} /> : <CallLines call={call} />}
      {call.lines > 0 ? <NoticesOfCall fundId={fundId} callId={call.id} /> : null}
      <Trail call={call} />
    </div>
  )
}

function Sums({ call }: { call: CapitalCallDetail }) {
  const money = (sum: string) => formatMoney(sum, call.currency)
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Stat
        label="Called"
        value={money(call.amount)}
        detail={call.percent === null ? `due ${formatDay(call.dueDate)}` : `${Number(call.percent)} % of commitments`}
      />
      <Stat label="Paid" value={money(call.applied)} detail={`of ${money(call.due)} due`} />
      <Stat label="Written off" value={money(call.writtenOff)} />
      <Stat label="Outstanding" value={money(call.outstanding)} detail={`due ${formatDay(call.dueDate)}`} />
    </dl>
  )
}

function Shortfall({ call }: { call: CapitalCallDetail }) {
  if (Number(call.shortfall) === 0 || !['ISSUED', 'PARTIALLY_FUNDED'].includes(call.state)) return null
  return (
    <Notice tone="warn" className="flex flex-wrap items-center justify-between gap-3">
      Investors in default owe {formatMoney(call.shortfall, call.currency)} of this call.
      <OvercallButton call={call} />
    </Notice>
  )
}

/** An overcall has nothing of its own to be edited: its amount and its lines follow from what others have not paid. */
function Follows({ call }: { call: CapitalCallDetail }) {
  const { overcallOf, state, fundId } = call
  if (!overcallOf || !['DRAFT', 'IN_REVIEW', 'APPROVED', 'CANCELLED'].includes(state)) return null
  const original = (
    <Link href={`/funds/${fundId}/calls/${overcallOf.callId}`} className="font-medium underline">
      {overcallOf.title}
    </Link>
  )
  return (
    <Notice className="flex flex-wrap items-center justify-between gap-3">
      {state === 'CANCELLED' ? (
        <span>
          This overcall was cancelled. What is missing can be asked for again on the page of {original}: “Ask the
          others”.
        </span>
      ) : (
        <span>
          An overcall is not edited: its amount follows from what those in default have not paid of {original}. For
          other dates or another component, cancel it and draft it again there.
        </span>
      )}
      {call.actions.includes('cancel') ? <CancelButton call={call} label="Cancel this overcall" /> : null}
    </Notice>
  )
}

const Components = ({ call }: { call: CapitalCallDetail }) => (
  <Card className="p-4">
    <h3 className="mb-3 font-semibold text-sm">What it is for</h3>
    {call.purpose ? <p className="mb-3 text-sm whitespace-pre-line">{call.purpose}</p> : null}
    <ul className="grid gap-2 text-sm">
      {call.components.map(({ id, kind, label, amount, insideCommitment, dealId, dealTitle, excused }) => (
        <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <span>
            <span className="font-medium">{label}</span>{' '}
            <span className="text-muted">
              {componentWords[kind]}
              {insideCommitment ? '' : ', outside of the commitment'}
              {excused.length > 0 ? `, ${excused.length} excused` : ''}
            </span>{' '}
            {dealId ? (
              <Link href={`/deals?deal=${dealId}`} className="text-accent-ink hover:underline">
                {dealTitle ?? 'The deal'}
              </Link>
            ) : null}
          </span>
          <span className="tabular">{formatMoney(amount, call.currency)}</span>
        </li>
      ))}
    </ul>
  </Card>
)

/** Of a call that is not issued: who would pay what today. */
function DraftMatrix({ callId, version }: { callId: string; version: number }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['call-matrix', callId, version],
    queryFn: ({ signal }) => readMatrix(callId, signal),
    retry: false,
  })
  if (error)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  return data ? <MatrixTable matrix={data} /> : <Skeleton className="h-72 rounded-2xl" />
}

/** Who did what, and when. */
function Trail({ call }: { call: CapitalCallDetail }) {
  const { user } = useSession()
  const at = (instant: string) => formatInstant(instant, user?.tenant?.timezone)
  const by = (person: CapitalCallDetail['approvedBy'], instant: string | null) =>
    instant ? `${person?.name ?? 'A machine'}, ${at(instant)}` : null
  const approved = by(call.approvedBy, call.approvedAt)
  const issued = by(call.issuedBy, call.issuedAt)
  return (
    <Card className="p-4">
      <FactList>
        <Fact name="Notice">{formatDay(call.noticeDate)}</Fact>
        <Fact name="Written by">{call.lastEditor?.name ?? 'A machine'}</Fact>
        {approved ? <Fact name="Approved by">{approved}</Fact> : null}
        {issued ? <Fact name="Issued by">{issued}</Fact> : null}
        {call.closedAt ? <Fact name="Closed">{at(call.closedAt)}</Fact> : null}
        {call.cancelledAt ? <Fact name="Cancelled">{at(call.cancelledAt)}</Fact> : null}
        {call.overcallOf ? (
          <Fact name="Overcall of">
            <Link href={`/funds/${call.fundId}/calls/${call.overcallOf.callId}`} className="hover:underline">
              {call.overcallOf.title}
            </Link>
          </Fact>
        ) : null}
        {call.matrixSha256 ? (
          <Fact name="Matrix">
            <Code>{call.matrixSha256}</Code>
          </Fact>
        ) : null}
      </FactList>
    </Card>
  )
}
