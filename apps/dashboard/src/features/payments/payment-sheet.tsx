'use client'
import { useQuery } from '@tanstack/react-query'
import { isSome, type PaymentDetail } from '@throughline/contracts'
import {
  Badge,
  Button,
  ErrorState,
  Fact,
  FactList,
  formatDay,
  formatMoney,
  Sheet,
  Skeleton,
  useSession,
} from '@throughline/ui'
import { useState } from 'react'
import { kindWords } from './payment-words.ts'
import { readPayment } from './payments.api.ts'
import { TakeBackDialog } from './take-back-dialog.tsx'

/** One payment: what it moved, and what the books say of it. */
export function PaymentSheet({ paymentId, onClose }: { paymentId: string; onClose(): void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', { paymentId }],
    queryFn: ({ signal }) => readPayment(paymentId, signal),
  })
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={data ? data.investorName : 'Payment'}>
      {data ? (
        <Payment payment={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton className="h-64" />
      )}
    </Sheet>
  )
}

function Payment({ payment }: { payment: PaymentDetail }) {
  const { may } = useSession()
  const [takeBack, setTakeBack] = useState<'bounce' | 'unmatch'>()
  const { kind, currency, receipt, reason, reversedAt } = payment
  const { label, tone } = kindWords[kind]
  const money = (amount: string) => formatMoney(amount, currency)
  const isOpen = kind === 'RECEIPT' && reversedAt === null && payment.receiptId !== null
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center gap-2">
        <span className="tabular font-semibold text-xl">{money(payment.amount)}</span>
        <Badge tone={tone}>{label}</Badge>
        {reversedAt ? <Badge tone="warn">Taken back</Badge> : null}
      </div>
      <FactList>
        <Fact name="Value date">{formatDay(payment.valueDate)}</Fact>
        <Fact name="Call">
          {payment.callTitle ?? (paysOwed(payment) ? 'none: pays what was owed' : 'none: paid in advance')}
        </Fact>
        <Fact name="On the line">{money(payment.onLine)}</Fact>
        <Fact name="Prepaid">{money(payment.prepaid)}</Fact>
        {isSome(payment.owed) ? (
          <Fact name={paysOwed(payment) ? 'Of what was owed' : 'Owed'}>{money(payment.owed.replace('-', ''))}</Fact>
        ) : null}
        {receipt ? (
          <Fact name="Booking">
            {receipt.bankReference}, account {receipt.account}
          </Fact>
        ) : null}
        {receipt?.payer ? <Fact name="Payer">{receipt.payer}</Fact> : null}
        {reason ? <Fact name="Reason">{reason}</Fact> : null}
      </FactList>
      <Moves payment={payment} />
      <EntryOf payment={payment} />
      {isOpen && may('payment:reverse') ? (
        <div className="flex flex-wrap gap-2">
          <Button kind="danger" onClick={() => setTakeBack('bounce')}>
            It has bounced
          </Button>
          <Button onClick={() => setTakeBack('unmatch')}>The match is wrong</Button>
        </div>
      ) : null}
      {takeBack ? <TakeBackDialog payment={payment} what={takeBack} onClose={() => setTakeBack(undefined)} /> : null}
    </div>
  )
}

const paysOwed = ({ owed }: PaymentDetail): boolean => owed.startsWith('-')

const Moves = ({ payment: { moves, currency } }: { payment: PaymentDetail }) => (
  <section aria-label="What it moved" className="grid gap-2">
    <h3 className="font-semibold text-sm">What it moved</h3>
    <ul className="grid gap-1 text-sm">
      {moves.map(({ on, reference, callTitle, from, amount }) => (
        <li key={`${on} ${reference} ${from}`} className="flex justify-between gap-3">
          <span className="[overflow-wrap:anywhere]">
            {on === 'prepaid' ? 'Prepaid' : `${reference} of ${callTitle}${from === 'prepaid' ? ', from prepaid' : ''}`}
          </span>
          <span className="tabular whitespace-nowrap">{formatMoney(amount, currency)}</span>
        </li>
      ))}
    </ul>
  </section>
)

const EntryOf = ({ payment: { entry, currency } }: { payment: PaymentDetail }) => (
  <section aria-label="In the books" className="grid gap-2">
    <h3 className="font-semibold text-sm">
      In the books: entry {entry.number}, {formatDay(entry.effectiveOn)}
    </h3>
    <ul className="grid gap-1 text-sm">
      {entry.lines.map(({ account, investorName, amount }) => (
        <li key={`${account} ${amount}`} className="flex justify-between gap-3">
          <span>
            {amount.startsWith('-') ? 'Credit' : 'Debit'} {account}
            {investorName ? <span className="text-muted">, {investorName}</span> : null}
          </span>
          <span className="tabular whitespace-nowrap">{formatMoney(amount.replace('-', ''), currency)}</span>
        </li>
      ))}
    </ul>
  </section>
)
