'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReconciliationBreakView } from '@throughline/contracts'
import { ConfirmDialog, Field, messageOf, Select, Textarea } from '@throughline/ui'
import { useState } from 'react'
import { useMembers } from '../deals/use-members.ts'
import { patchBreak } from './reconciliation.api.ts'

/** Who looks after a break, and what is known of it. */
export function AssignDialog({ found, onClose }: { found: ReconciliationBreakView; onClose(): void }) {
  const client = useQueryClient()
  const { owners } = useMembers()
  const [ownerId, setOwnerId] = useState(found.owner?.id ?? '')
  const [note, setNote] = useState(found.note ?? '')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => patchBreak(found, { ownerId: ownerId || null, note: note.trim() || null }),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: ['fund'] }),
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title="Assign a break"
      confirm="Save"
      busy={isPending}
      refusal={error ? messageOf(error) : undefined}
      onConfirm={() => mutate()}
    >
      <p>{found.label}</p>
      <Field label="Looked after by">
        {(ids) => (
          <Select {...ids} value={ownerId} onChange={({ target }) => setOwnerId(target.value)}>
            <option value="">Nobody</option>
            {owners.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Note">
        {(ids) => (
          <Textarea {...ids} rows={3} maxLength={2000} value={note} onChange={({ target }) => setNote(target.value)} />
        )}
      </Field>
    </ConfirmDialog>
  )
}
