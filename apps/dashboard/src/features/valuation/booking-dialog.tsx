'use client'
import { useQuery } from '@tanstack/react-query'
import { bookingKinds, createBooking } from '@throughline/contracts'
import { ErrorState, Field, Select } from '@throughline/ui'
import { useState } from 'react'
import { LineField } from '../money/line-field.tsx'
import { MoneyDialog } from '../money/money-dialog.tsx'
import { postBooking, readWonDeals } from './valuation.api.ts'

type Kind = (typeof bookingKinds)[number]
const labels: Record<Kind, string> = {
  investment: 'Investment made',
  sale: 'Sale of a holding',
  income: 'Income of a holding',
  expense: 'Expense of the fund',
  fee_payment: 'Payment of fees and expenses',
  line_draw: 'Draw on the subscription line',
  line_repayment: 'Repayment of the subscription line',
  line_interest: 'Interest on the subscription line, paid',
}
const ofDeals: ReadonlySet<Kind> = new Set<Kind>(['investment', 'sale', 'income'])
const isOfDeal = (kind: Kind) => ofDeals.has(kind)

interface BookingDialogProps {
  fundId: string
  today: string
  onClose(): void
}

/** What happens beside calls and distributions: one entry of the books. */
export function BookingDialog({ fundId, today, onClose }: BookingDialogProps) {
  const [kind, setKind] = useState<Kind>('investment')
  const [values, setValues] = useState({ dealId: '', on: today, amount: '', cost: '', note: '' })
  const set = (name: keyof typeof values) => (value: string) => setValues((before) => ({ ...before, [name]: value }))
  const deals = useQuery({ queryKey: ['deals', 'won'], queryFn: ({ signal }) => readWonDeals(signal) })
  const { dealId, on, amount, cost, note } = values
  const booking = {
    kind,
    on,
    amount,
    note,
    ...(isOfDeal(kind) ? { dealId } : {}),
    ...(kind === 'sale' ? { cost } : {}),
  }
  return (
    <MoneyDialog
      title="Book an entry"
      confirm="Book"
      typed={amount}
      send={(key) => postBooking(fundId, createBooking.parse(booking), key)}
      done="Booked"
      onClose={onClose}
    >
      <Field label="What has happened">
        {(ids) => (
          <Select
            {...ids}
            value={kind}
            onChange={({ target }) => setKind(bookingKinds.find((each) => each === target.value) ?? kind)}
          >
            {bookingKinds.map((each) => (
              <option key={each} value={each}>
                {labels[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {isOfDeal(kind) ? (
        <Field label="Deal" hint="Deals that were won.">
          {(ids) => (
            <Select {...ids} required value={dealId} onChange={({ target }) => set('dealId')(target.value)}>
              <option value="">Choose a deal</option>
              {deals.data?.data.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </Select>
          )}
        </Field>
      ) : null}
      {deals.error ? <ErrorState error={deals.error} onRetry={() => void deals.refetch()} /> : null}
      <LineField label={kind === 'sale' ? 'Proceeds' : 'Amount'} value={amount} onChange={set('amount')} />
      {kind === 'sale' ? <LineField label="Cost of what is sold" value={cost} onChange={set('cost')} /> : null}
      <LineField label="Day" type="date" value={on} onChange={set('on')} />
      <LineField label="Note" value={note} onChange={set('note')} />
    </MoneyDialog>
  )
}
