'use client'
import { useQuery } from '@tanstack/react-query'
import { dayIn, isSome, type PaymentView } from '@throughline/contracts'
import { ConfirmDialog, Field, formatMoney, Input, Skeleton } from '@throughline/ui'
import { useState } from 'react'
import { useFund } from '../funds/use-fund.ts'
import { postBounce, postUnmatch, readReceipt } from './payments.api.ts'
import { isConfirmed, TypedAmount } from './typed-amount.tsx'
import { useMoneyRequest } from './use-money-request.ts'

const words = {
  bounce: {
    title: 'Record a bounce',
    confirm: 'Record bounce',
    text: 'The bank has taken the money back, all of it. Lines that it has paid are outstanding again, also later ones that were paid from what was prepaid; what was refunded meanwhile is owed.',
  },
  unmatch: {
    title: 'Take the match back',
    confirm: 'Un-match',
    text: 'The money is there, but not for this. Its payments are reversed in the books, and the receipt is in the inbox again.',
  },
} as const

/** Takes a whole receipt back: because the bank did, or because the match was wrong. */
export function TakeBackDialog({
  payment,
  what,
  onClose,
}: {
  payment: PaymentView
  what: keyof typeof words
  onClose(): void
}) {
  const receiptId = payment.receiptId ?? ''
  const { data, error } = useQuery({
    queryKey: ['fund', { receiptId }],
    queryFn: ({ signal }) => readReceipt(receiptId, signal),
  })
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const { data: fund } = useFund(payment.fundId)
  const [chosen, setChosen] = useState<string>()
  const on = chosen ?? (fund ? dayIn(fund.timeZone) : '')
  const { send, busy, refusal } = useMoneyRequest(
    ({ body, idempotencyKey }: { body: { version: number; reason: string }; idempotencyKey: string }) =>
      what === 'bounce'
        ? postBounce(receiptId, { body: { ...body, on }, idempotencyKey })
        : postUnmatch(receiptId, { body, idempotencyKey }),
    ({ owed, receipt }) => {
      const owes = isSome(owed) ? `; ${formatMoney(owed, receipt.currency)} is owed` : ''
      onClose()
      return what === 'bounce' ? `The bounce is recorded${owes}` : 'The receipt is in the inbox again'
    },
  )
  const receipt = data?.receipt
  const ready = receipt && on !== '' && reason.trim() !== '' && isConfirmed(typed, receipt.amount)
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      danger
      title={words[what].title}
      confirm={words[what].confirm}
      busy={busy || !ready}
      refusal={refusal ?? (error ? 'The receipt could not be read. Close this and try again.' : undefined)}
      onConfirm={() => receipt && send({ version: receipt.version, reason: reason.trim() })}
    >
      <p>{words[what].text}</p>
      {receipt ? (
        <>
          <p>
            {formatMoney(receipt.amount, receipt.currency)}, booking {receipt.bankReference}
          </p>
          {what === 'bounce' ? (
            <Field label="Day of the bounce">
              {(ids) => <Input {...ids} type="date" value={on} onChange={({ target }) => setChosen(target.value)} />}
            </Field>
          ) : null}
          <Field label="Reason">
            {(ids) => (
              <Input {...ids} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />
            )}
          </Field>
          <TypedAmount amount={receipt.amount} currency={receipt.currency} value={typed} onChange={setTyped} />
        </>
      ) : (
        <Skeleton className="h-32" />
      )}
    </ConfirmDialog>
  )
}
