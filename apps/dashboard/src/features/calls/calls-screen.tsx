'use client'
import { type CapitalCallView, decidedCallStates } from '@throughline/contracts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  formatDay,
  formatMoney,
  NoResults,
  Select,
  useSession,
} from '@throughline/ui'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { CallStateBadge } from './call-state-badge.tsx'
import { callName, callStateWords } from './call-words.ts'
import { readCalls } from './calls.api.ts'

const Title = ({ call }: { call: CapitalCallView }) => (
  <Link href={`/funds/${call.fundId}/calls/${call.id}`} className="font-medium hover:underline">
    {callName(call)}
  </Link>
)
const sumOf = (figure: 'amount' | 'applied' | 'outstanding') => (call: CapitalCallView) =>
  formatMoney(call[figure], call.currency)

const columns: Column<CapitalCallView>[] = [
  { header: 'Call', cell: (call) => <Title call={call} />, className: 'min-w-44' },
  { header: 'State', cell: (call) => <CallStateBadge call={call} /> },
  { header: 'Notice', cell: ({ noticeDate }) => formatDay(noticeDate), className: 'whitespace-nowrap', wide: true },
  { header: 'Due', cell: ({ dueDate }) => formatDay(dueDate), className: 'whitespace-nowrap' },
  { header: 'Amount', cell: sumOf('amount'), numeric: true },
  { header: 'Paid', cell: sumOf('applied'), numeric: true, wide: true },
  { header: 'Outstanding', cell: sumOf('outstanding'), numeric: true },
]

const CallCard = ({ call }: { call: CapitalCallView }) => (
  <div className="grid gap-1.5">
    <div className="flex flex-wrap items-center justify-between gap-2">
      <Title call={call} />
      <CallStateBadge call={call} />
    </div>
    <p className="tabular text-muted text-sm">
      {formatMoney(call.amount, call.currency)}, due {formatDay(call.dueDate)},{' '}
      {formatMoney(call.outstanding, call.currency)} outstanding
    </p>
  </div>
)

/** What a fund has asked its investors for. */
export function CallsScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const [state, setState] = useState('')
  const query = useRecordPages('calls', { fundId, state }, (cursor, signal) =>
    readCalls(fundId, { cursor, state: state ? [state] : [], signal }),
  )
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <Field label="State" className="w-44">
          {(ids) => (
            <Select {...ids} value={state} onChange={(event) => setState(event.target.value)}>
              <option value="">All</option>
              {decidedCallStates.map((each) => (
                <option key={each} value={each}>
                  {callStateWords[each][0]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {may('capital_call:draft') ? (
          <Button kind="primary" asChild>
            <Link href={`/funds/${fundId}/calls/new`}>
              <Plus aria-hidden /> New capital call
            </Link>
          </Button>
        ) : null}
      </div>
      <DataTable
        label="Capital calls"
        columns={columns}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={
          state ? (
            <NoResults title="No call is in this state">Choose another one above.</NoResults>
          ) : (
            <EmptyState title="Nothing was called yet">
              A call asks all investors for their part of an amount, to the cent.
            </EmptyState>
          )
        }
        card={(call) => <CallCard call={call} />}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
    </div>
  )
}
