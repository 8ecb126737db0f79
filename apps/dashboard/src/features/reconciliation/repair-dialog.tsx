'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { BreakRepair, ReconciliationBreakView } from '@throughline/contracts'
import { Field, Input, toast } from '@throughline/ui'
import { useState } from 'react'
import { TypedConfirm } from '../money/typed-confirm.tsx'
import { postRepair } from './reconciliation.api.ts'

const repairWords: Record<BreakRepair['kind'], string> = {
  rebuild_position:
    'The position is folded anew from everything that has happened to the investor; no event is changed.',
  post_call_entry: 'The entry that the call lacks is posted, with the day of the notice and your reason.',
  reopen_call: 'The call is issued again, because something of it is outstanding.',
  refold_line: 'What the line has of payments is folded anew from what they have moved; no payment is changed.',
  restate_receipt:
    'The receipt is matched when payments of its whole amount were made of it, and otherwise in the inbox again.',
  restore_prepaid: 'What is prepaid is taken from the ledger, if what payments have moved says the same.',
  rebuild_balances: 'Control accounts and sub-ledgers of the fund are folded anew from its lines; no entry is changed.',
  strike_nav: 'The net asset value of that day is struck once more, as another revision; the one before stays.',
}

/** Applies what is proposed, once, and says why. */
export function RepairDialog({
  found,
  fundName,
  onClose,
}: {
  found: ReconciliationBreakView
  fundName: string
  onClose(): void
}) {
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  return (
    <TypedConfirm
      title="Repair a break"
      word={fundName}
      confirm="Apply repair"
      danger
      wish={reason}
      incomplete={reason.trim() === ''}
      onClose={onClose}
      onConfirm={async (key) => {
        await postRepair(found.id, { confirmation: fundName, reason: reason.trim() }, key).finally(() =>
          client.invalidateQueries({ queryKey: ['fund'] }),
        )
        toast.success('The break is repaired')
      }}
    >
      <p>{found.label}</p>
      <p>
        Expected {found.expected}; found {found.found}.
      </p>
      {found.repair ? <p>{repairWords[found.repair.kind]}</p> : null}
      <Field label="Reason">
        {(ids) => <Input {...ids} maxLength={500} value={reason} onChange={({ target }) => setReason(target.value)} />}
      </Field>
    </TypedConfirm>
  )
}
