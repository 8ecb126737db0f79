'use client'
import { dayIn, type FundView } from '@throughline/contracts'
import { Alert, Button, Dialog, Field, formatMoney, Input, type Picked } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { postPayment } from './payments.api.ts'
import { destinationOf, TargetPicker } from './target-picker.tsx'
import { amountOf, isConfirmed, TypedAmount } from './typed-amount.tsx'
import { useMoneyRequest } from './use-money-request.ts'

const texts = [
  { name: 'bankReference', label: 'Bank reference', hint: 'As the statement names the booking', required: true },
  { name: 'account', label: 'Account', hint: 'Of the fund, where it arrived', required: true },
  { name: 'payer', label: 'Payer', hint: undefined, required: false },
] as const

interface RecordDialogProps {
  fund: FundView
  /** What it is for, where that was chosen before. */
  target: Picked | undefined
  onClose(): void
}

/** Writes down money that has arrived. The same booking a second time is answered with the first. */
export function RecordDialog({ fund, target: chosen, onClose }: RecordDialogProps) {
  const { id: fundId, currency } = fund
  const today = dayIn(fund.timeZone)
  const [target, setTarget] = useState<Picked | null>(chosen ?? null)
  const [written, setWritten] = useState({ bankReference: '', account: '', payer: '', amount: '', day: today })
  const [typed, setTyped] = useState('')
  const set = (name: keyof typeof written) => (value: string) => setWritten((before) => ({ ...before, [name]: value }))
  const amount = amountOf(written.amount)
  const { send, busy, refusal } = useMoneyRequest(
    (keyed: Parameters<typeof postPayment>[1]) => postPayment(fundId, keyed),
    (payment) => {
      onClose()
      return `${formatMoney(payment.amount, currency)} of ${payment.investorName} is recorded`
    },
  )
  const ready = target !== null && isConfirmed(typed, amount) && written.bankReference.trim() && written.account.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ready || !amount || !target) return
    const { bankReference, account, payer, day } = written
    send({ bankReference, account, payer, text: '', valueDate: day, amount, currency, to: destinationOf(target) })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Record a payment"
      description="Up to what is outstanding goes to the line; the rest is prepaid and pays the next call."
    >
      <form onSubmit={submit} className="grid gap-4" noValidate>
        {refusal ? <Alert>{refusal}</Alert> : null}
        <TargetPicker fund={{ fundId, currency }} label="For" value={target} onChange={setTarget} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={`Amount in ${currency}`} hint={target?.detail ?? undefined}>
            {(ids) => (
              <Input
                {...ids}
                inputMode="decimal"
                autoComplete="off"
                value={written.amount}
                onChange={({ target: { value } }) => set('amount')(value)}
              />
            )}
          </Field>
          <Field label="Value date">
            {(ids) => (
              <Input
                {...ids}
                type="date"
                max={today}
                value={written.day}
                onChange={({ target: { value } }) => set('day')(value)}
              />
            )}
          </Field>
          {texts.map(({ name, label, hint, required }) => (
            <Field key={name} label={label} hint={hint}>
              {(ids) => (
                <Input
                  {...ids}
                  required={required}
                  autoComplete="off"
                  maxLength={name === 'account' ? 60 : 140}
                  value={written[name]}
                  onChange={({ target: { value } }) => set(name)(value)}
                />
              )}
            </Field>
          ))}
          <TypedAmount amount={amount} currency={currency} value={typed} onChange={setTyped} />
        </div>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" kind="primary" disabled={!ready || busy}>
            {busy ? 'Recording…' : 'Record payment'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
