'use client'
import { dayIn, type FundView } from '@throughline/contracts'
import { Combobox, ConfirmDialog, Field, formatMoney, Input, type Picked } from '@throughline/ui'
import { useState } from 'react'
import { postRefund, readPayers } from './payments.api.ts'
import { amountOf, isConfirmed, TypedAmount } from './typed-amount.tsx'
import { useMoneyRequest } from './use-money-request.ts'

/** Pays back what an investor has paid in advance. */
export function RefundDialog({ fund, onClose }: { fund: FundView; onClose(): void }) {
  const { id: fundId, currency } = fund
  const [investor, setInvestor] = useState<Picked | null>(null)
  const [written, setWritten] = useState({ amount: '', reason: '', typed: '' })
  const [on, setOn] = useState(() => dayIn(fund.timeZone))
  const set = (name: keyof typeof written) => (value: string) => setWritten((before) => ({ ...before, [name]: value }))
  const amount = amountOf(written.amount)
  const { send, busy, refusal } = useMoneyRequest(
    (keyed: Parameters<typeof postRefund>[1]) => postRefund(fundId, keyed),
    (payment) => {
      onClose()
      return `${formatMoney(payment.amount, currency)} is refunded to ${payment.investorName}`
    },
  )
  const search = async (typed: string, signal: AbortSignal): Promise<Picked[]> =>
    (await readPayers(fundId, { search: typed, having: 'prepaid' }, signal)).data.map(
      ({ investorId, name, prepaid }) => ({
        ...{ id: investorId, label: name, detail: `${formatMoney(prepaid, currency)} prepaid` },
      }),
    )
  const reason = written.reason.trim()
  const ready = investor && amount && reason !== '' && isConfirmed(written.typed, amount)
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title="Refund what is prepaid"
      confirm="Record refund"
      busy={busy || !ready}
      refusal={refusal}
      onConfirm={() => investor && amount && send({ investorId: investor.id, amount, on, reason })}
    >
      <Field label="Investor" hint={investor?.detail ?? undefined}>
        {(ids) => (
          <Combobox
            {...ids}
            value={investor}
            onChange={setInvestor}
            name={`prepaid of ${fundId}`}
            placeholder="Who has something prepaid"
            search={search}
          />
        )}
      </Field>
      <Field label={`Amount in ${currency}`}>
        {(ids) => (
          <Input
            {...ids}
            inputMode="decimal"
            autoComplete="off"
            value={written.amount}
            onChange={({ target }) => set('amount')(target.value)}
          />
        )}
      </Field>
      <Field label="Day of the refund">
        {(ids) => <Input {...ids} type="date" value={on} onChange={({ target }) => setOn(target.value)} />}
      </Field>
      <Field label="Reason">
        {(ids) => (
          <Input
            {...ids}
            maxLength={500}
            value={written.reason}
            onChange={({ target }) => set('reason')(target.value)}
          />
        )}
      </Field>
      <TypedAmount amount={amount} currency={currency} value={written.typed} onChange={set('typed')} />
    </ConfirmDialog>
  )
}
