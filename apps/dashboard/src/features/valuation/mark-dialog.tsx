'use client'
import type { HoldingView } from '@throughline/contracts'
import { formatMoney } from '@throughline/ui'
import { useState } from 'react'
import { LineField } from '../money/line-field.tsx'
import { MoneyDialog } from '../money/money-dialog.tsx'
import { postMark } from './valuation.api.ts'

interface MarkDialogProps {
  fundId: string
  currency: string
  today: string
  holding: HoldingView
  onClose(): void
}

/** Says what a holding is worth. Only the difference is booked. */
export function MarkDialog({ fundId, currency, today, holding, onClose }: MarkDialogProps) {
  const [on, setOn] = useState(today)
  const [value, setValue] = useState(holding.value)
  const [reason, setReason] = useState('')
  return (
    <MoneyDialog
      title={`Mark ${holding.dealTitle}`}
      confirm="Mark"
      typed={value}
      send={(key) => postMark(fundId, { dealId: holding.dealId, on, value, reason }, key)}
      done="The holding is marked"
      onClose={onClose}
    >
      <p>The books have it at {formatMoney(holding.value, currency)}; the difference is booked as unrealised.</p>
      <LineField label="Value" value={value} onChange={setValue} />
      <LineField label="Day" type="date" value={on} onChange={setOn} />
      <LineField label="Reason" value={reason} onChange={setReason} hint="For example the last round, or an offer." />
    </MoneyDialog>
  )
}
