'use client'
import type { DistributionDetail, DistributionLineView } from '@throughline/contracts'
import { formatMoney } from '@throughline/ui'
import { useState } from 'react'
import { LineField } from '../money/line-field.tsx'
import { MoneyDialog } from '../money/money-dialog.tsx'
import { grossOf } from './chosen-lines.ts'
import { postPay } from './distributions.api.ts'

interface PayDialogProps {
  distribution: DistributionDetail
  /** Nobody chosen: everybody who was not paid yet. */
  lines?: readonly DistributionLineView[]
  currency: string
  today: string
  onClose(): void
}

/** Names are read out up to here. */
const named = 5

/** Pays everybody who was not paid yet, or whoever was chosen; the sum is typed. */
export function PayDialog({ distribution: { id, totals }, lines, currency, today, onClose }: PayDialogProps) {
  const [paidOn, setPaidOn] = useState(today)
  const amount = lines ? grossOf(lines) : totals.unpaid
  const investorIds = lines?.map(({ investorId }) => investorId)
  return (
    <MoneyDialog
      title={
        lines
          ? `Pay ${lines.length} ${lines.length === 1 ? 'investor' : 'investors'}?`
          : 'Pay everybody who was not paid yet?'
      }
      confirm="Pay"
      typed={amount}
      send={(key) => postPay(id, { amount, paidOn, ...(investorIds && { investorIds }) }, key)}
      done="Paid"
      onClose={onClose}
    >
      <p>{formatMoney(amount, currency)} leave the account of the fund, with the taxes that are withheld of it.</p>
      {lines ? (
        <ul className="grid gap-1">
          {lines.slice(0, named).map((line) => (
            <li key={line.investorId} className="flex justify-between gap-3">
              <span className="min-w-0 [overflow-wrap:anywhere]">{line.investorName}</span>
              <span className="tabular whitespace-nowrap">{formatMoney(grossOf([line]), currency)}</span>
            </li>
          ))}
          {lines.length > named ? <li className="text-muted">and {lines.length - named} more</li> : null}
        </ul>
      ) : null}
      <LineField label="Paid on" type="date" value={paidOn} onChange={setPaidOn} />
    </MoneyDialog>
  )
}
