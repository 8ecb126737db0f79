'use client'
import { Button, Dialog, Field, Textarea } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import type { Move } from './use-move-deal.ts'

/** A lost deal says why: that is what the next one learns from. */
export function LostReasonDialog({
  move,
  onClose,
  onConfirm,
}: {
  move: Move | undefined
  onClose(): void
  onConfirm(move: Move): void
}) {
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (move) onConfirm({ ...move, lostReason: reason })
    setReason('')
  }
  return (
    <Dialog
      open={move !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={`Why was ${move?.deal.title ?? 'the deal'} lost?`}
    >
      <form onSubmit={submit} className="grid gap-4">
        <Field label="Reason">
          {(ids) => (
            <Textarea
              {...ids}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              required
              maxLength={500}
              autoFocus
            />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={reason.trim() === ''}>
            Mark as lost
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
