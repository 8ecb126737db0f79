'use client'
import { type PaymentKind, type PaymentView, paymentKinds } from '@throughline/contracts'
import {
  Badge,
  type Column,
  DataTable,
  EmptyState,
  Field,
  formatDay,
  formatMoney,
  NoResults,
  Select,
} from '@throughline/ui'
import { useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { PaymentSheet } from './payment-sheet.tsx'
import { kindWords } from './payment-words.ts'
import { readPayments } from './payments.api.ts'

const Kind = ({ payment: { kind, reversedAt } }: { payment: PaymentView }) => (
  <span className="flex flex-wrap gap-1">
    <Badge tone={kindWords[kind].tone}>{kindWords[kind].label}</Badge>
    {reversedAt ? <Badge tone="warn">Taken back</Badge> : null}
  </span>
)

const Name = ({ payment, onOpen }: { payment: PaymentView; onOpen(id: string): void }) => (
  <button type="button" className="text-left font-medium hover:underline" onClick={() => onOpen(payment.id)}>
    {payment.investorName}
  </button>
)

const money = (of: 'amount' | 'onLine' | 'prepaid') => (payment: PaymentView) =>
  formatMoney(payment[of], payment.currency)

const columnsFor = (onOpen: (id: string) => void): Column<PaymentView>[] => [
  {
    header: 'Day',
    cell: ({ valueDate }) => formatDay(valueDate),
    className: 'whitespace-nowrap text-muted',
  },
  { header: 'Investor', cell: (payment) => <Name payment={payment} onOpen={onOpen} />, className: 'min-w-40' },
  { header: 'What', cell: (payment) => <Kind payment={payment} /> },
  { header: 'Amount', cell: money('amount'), numeric: true, className: 'whitespace-nowrap' },
  { header: 'On the line', cell: money('onLine'), numeric: true, wide: true },
  { header: 'Prepaid', cell: money('prepaid'), numeric: true, wide: true },
  {
    header: 'Call',
    cell: ({ callTitle, owed }) => callTitle ?? (owed.startsWith('-') ? 'what was owed' : 'in advance'),
    wide: true,
  },
]

/** What was done with money of investors, newest first. */
export function PaymentsList({ fundId }: { fundId: string }) {
  const [kind, setKind] = useState<PaymentKind | null>(null)
  const [openedId, setOpenedId] = useState<string>()
  const query = useRecordPages('fund', { fundId, payments: kind }, (cursor, signal) =>
    readPayments(fundId, { kind, cursor }, signal),
  )
  return (
    <section aria-label="Payments" className="grid gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <h2 className="font-semibold text-lg tracking-tight">Payments</h2>
        <Field label="Show payments" className="w-44">
          {(ids) => (
            <Select
              {...ids}
              value={kind ?? ''}
              onChange={({ target }) => setKind(paymentKinds.find((each) => each === target.value) ?? null)}
            >
              <option value="">All</option>
              {paymentKinds.map((each) => (
                <option key={each} value={each}>
                  {kindWords[each].label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <DataTable
        label="Payments of the fund"
        columns={columnsFor(setOpenedId)}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={
          kind ? (
            <NoResults title="No payment is of this kind" />
          ) : (
            <EmptyState title="Nothing was paid yet">
              Payments come from bank files, the payment gateway, and what you record.
            </EmptyState>
          )
        }
        card={(payment) => (
          <div className="grid gap-1.5 text-sm">
            <div className="flex items-start justify-between gap-2">
              <Name payment={payment} onOpen={setOpenedId} />
              <span className="tabular whitespace-nowrap font-medium">{money('amount')(payment)}</span>
            </div>
            <div className="flex flex-wrap items-center justify-between gap-2 text-muted">
              <Kind payment={payment} />
              <span>{formatDay(payment.valueDate)}</span>
            </div>
          </div>
        )}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
      {openedId ? <PaymentSheet paymentId={openedId} onClose={() => setOpenedId(undefined)} /> : null}
    </section>
  )
}
