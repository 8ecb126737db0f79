'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { BreakRepair, ReconciliationBreakView } from '@throughline/contracts'
import { Field, Input, toast } from '@throughline/ui'
import { useState } from 'react'
import { TypedConfirm } from '../calls/typed-confirm.tsx'
import { postRepair } from './reconciliation.api.ts'

const repairWords: Record<BreakRepair['kind'], string> = {
  rebuild_position:
    'The position is folded anew from everything that has happened to the investor; no event is changed.',
  post_call_entry: 'The entry that the call lacks is posted, with the day of the notice and your reason.',
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
