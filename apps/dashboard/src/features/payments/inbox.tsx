'use client'
import { type ReceiptState, type ReceiptView, receiptStates } from '@throughline/contracts'
import { Card, EmptyState, ErrorState, Field, NoResults, Select, Skeleton } from '@throughline/ui'
import { useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { IgnoreDialog } from './ignore-dialog.tsx'
import { MatchDialog } from './match-dialog.tsx'
import { receiptWords } from './payment-words.ts'
import { readReceipts } from './payments.api.ts'
import { ReceiptCard } from './receipt-card.tsx'

type Shown = 'open' | ReceiptState
const choices: readonly Shown[] = ['open', ...receiptStates]

/** Money that has come in: first of all what somebody has to look at. */
export function Inbox({ fundId }: { fundId: string }) {
  const [state, setState] = useState<Shown>('open')
  const [dialog, setDialog] = useState<{ what: 'match' | 'ignore'; receipt: ReceiptView }>()
  const query = useRecordPages('fund', { fundId, receipts: state }, (cursor, signal) =>
    readReceipts(fundId, { state, cursor }, signal),
  )
  const close = () => setDialog(undefined)
  return (
    <section aria-label="Receipts" className="grid gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <h2 className="font-semibold text-lg tracking-tight">Receipts</h2>
        <Field label="Show receipts" className="w-44">
          {(ids) => (
            <Select
              {...ids}
              value={state}
              onChange={({ target }) => setState(choices.find((each) => each === target.value) ?? 'open')}
            >
              {choices.map((each) => (
                <option key={each} value={each}>
                  {each === 'open' ? 'To be matched' : receiptWords[each].label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Card className="overflow-hidden">
        {query.error && !query.rows ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : !query.rows ? (
          <div className="grid gap-3 p-4">
            <Skeleton className="h-20" />
            <Skeleton className="h-20" />
          </div>
        ) : query.rows.length === 0 ? (
          state === 'open' ? (
            <EmptyState title="Every receipt is matched">
              What a bank file or a gateway tells of waits here, where its reference does not say what it is for.
            </EmptyState>
          ) : (
            <NoResults title={`No receipt is ${receiptWords[state].label.toLowerCase()}`} />
          )
        ) : (
          <ul className="divide-y divide-line">
            {query.rows.map((receipt) => (
              <li key={receipt.id}>
                <ReceiptCard
                  receipt={receipt}
                  onMatch={() => setDialog({ what: 'match', receipt })}
                  onIgnore={() => setDialog({ what: 'ignore', receipt })}
                />
              </li>
            ))}
          </ul>
        )}
        {query.hasNextPage ? (
          <div className="border-line border-t p-2 text-center">
            <LoadMore query={query} />
          </div>
        ) : null}
      </Card>
      {dialog?.what === 'match' ? <MatchDialog receipt={dialog.receipt} onClose={close} /> : null}
      {dialog?.what === 'ignore' ? <IgnoreDialog receipt={dialog.receipt} onClose={close} /> : null}
    </section>
  )
}
