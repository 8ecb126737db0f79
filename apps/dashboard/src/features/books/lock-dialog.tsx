'use client'
import type { TrialBalance } from '@throughline/contracts'
import { Field, Input } from '@throughline/ui'
import { useState } from 'react'
import { LineField } from '../money/line-field.tsx'
import { MoneyDialog } from '../money/money-dialog.tsx'
import { putLock } from './books.api.ts'

interface LockDialogProps {
  fundId: string
  balance: TrialBalance
  onClose(): void
}

/** Closes the books up to a day, or opens them again. */
export function LockDialog({ fundId, balance, onClose }: LockDialogProps) {
  const [through, setThrough] = useState(balance.lockedThrough ?? '')
  const [reason, setReason] = useState('')
  return (
    <MoneyDialog
      title="Lock the books"
      confirm={through === '' ? 'Lift the lock' : 'Lock'}
      send={(key) => putLock(fundId, { lockedThrough: through || null, reason, version: balance.version }, key)}
      done="The lock is changed"
      onClose={onClose}
    >
      <Field label="Locked through" hint="Nothing is booked on this day or before it. Empty lifts the lock.">
        {(ids) => <Input {...ids} type="date" value={through} onChange={({ target }) => setThrough(target.value)} />}
      </Field>
      <LineField label="Reason" value={reason} onChange={setReason} />
    </MoneyDialog>
  )
}
