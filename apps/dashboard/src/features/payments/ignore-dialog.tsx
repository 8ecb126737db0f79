'use client'
import type { ReceiptView } from '@throughline/contracts'
import { ConfirmDialog, Field, formatMoney, Textarea } from '@throughline/ui'
import { useState } from 'react'
import { postIgnore } from './payments.api.ts'
import { useMoneyRequest } from './use-money-request.ts'

/** A receipt that is no investor's money leaves the inbox, with a note why. */
export function IgnoreDialog({ receipt, onClose }: { receipt: ReceiptView; onClose(): void }) {
  const [note, setNote] = useState('')
  const { send, busy, refusal } = useMoneyRequest(
    (keyed: Parameters<typeof postIgnore>[1]) => postIgnore(receipt.id, keyed),
    () => {
      onClose()
      return 'The receipt is ignored'
    },
  )
  const written = note.trim()
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Ignore ${formatMoney(receipt.amount, receipt.currency)}`}
      confirm="Ignore receipt"
      busy={busy || written === ''}
      refusal={refusal}
      onConfirm={() => send({ version: receipt.version, note: written })}
    >
      <p>It is no investor’s money: no line is paid, and nothing is booked. It can be taken into the inbox again.</p>
      <Field label="Why">
        {(ids) => <Textarea {...ids} maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />}
      </Field>
    </ConfirmDialog>
  )
}
