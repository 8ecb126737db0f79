'use client'
import { useQuery } from '@tanstack/react-query'
import {
  Button,
  ErrorState,
  Fact,
  FactList,
  formatDay,
  formatInstant,
  formatMoney,
  SidePanel,
  Skeleton,
} from '@throughline/ui'
import { useState } from 'react'
import { LineField } from '../money/line-field.tsx'
import { MoneyDialog } from '../money/money-dialog.tsx'
import { postReversal, readEntry } from './books.api.ts'

interface EntryPanelProps {
  fundId: string
  currency: string
  today: string
  entryId: string
  mayPost: boolean
  onClose(): void
}

/** One entry with its lines, and the way to take it back. */
export function EntryPanel({ fundId, currency, today, entryId, mayPost, onClose }: EntryPanelProps) {
  const [isReversing, setReversing] = useState(false)
  const [reason, setReason] = useState('')
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fundId, 'entry', entryId],
    queryFn: ({ signal }) => readEntry(fundId, entryId, signal),
  })
  const money = (sum: string | null) => (sum === null ? '' : formatMoney(sum, currency))
  return (
    <SidePanel
      open
      onClose={onClose}
      title={data ? `Entry ${data.number}: ${data.kind.replaceAll('_', ' ')}` : 'Entry'}
    >
      {error && !data ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {data ? (
        <div className="grid gap-4">
          <FactList>
            <Fact name="Belongs to">{formatDay(data.effectiveOn)}</Fact>
            <Fact name="Posted">{formatInstant(data.postedAt)}</Fact>
            <Fact name="From">{data.sourceKind.replaceAll('_', ' ')}</Fact>
            <Fact name="Reason">{data.reason ?? '–'}</Fact>
            {data.reversedById ? <Fact name="State">taken back</Fact> : null}
          </FactList>
          <ul aria-label="Lines" className="divide-y divide-line text-sm">
            {data.lines.map(({ account, accountName, investorId, investorName, debit, credit }) => (
              <li
                key={`${account} ${investorId} ${debit === null ? 'credit' : 'debit'}`}
                className="flex justify-between gap-3 py-2"
              >
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  {accountName}
                  {investorName ? <span className="block text-muted text-xs">{investorName}</span> : null}
                </span>
                <span className="tabular whitespace-nowrap text-right">
                  {debit === null ? `credit ${money(credit)}` : `debit ${money(debit)}`}
                </span>
              </li>
            ))}
          </ul>
          {data.lineCount > data.lines.length ? (
            <p className="text-muted text-sm">
              The first {data.lines.length} of {data.lineCount} lines.
            </p>
          ) : null}
          {mayPost && data.reversible ? <Button onClick={() => setReversing(true)}>Reverse</Button> : null}
        </div>
      ) : (
        <Skeleton className="h-40" />
      )}
      {isReversing && data ? (
        <MoneyDialog
          title={`Reverse entry ${data.number}?`}
          confirm="Reverse"
          typed={data.amount}
          send={(key) => postReversal(fundId, entryId, { reason, effectiveOn: today }, key)}
          done="Reversed"
          onClose={() => setReversing(false)}
        >
          <p>The opposite entry is booked today, with a link to this one. Nothing is deleted.</p>
          <LineField label="Reason" value={reason} onChange={setReason} />
        </MoneyDialog>
      ) : null}
    </SidePanel>
  )
}
