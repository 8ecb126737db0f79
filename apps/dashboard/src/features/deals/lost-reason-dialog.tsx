'use client'
import { Button, Dialog, Field, Textarea } from '@throughline/ui'
import { type FormEvent, useState } from 'react'

/** A lost deal says why: that is what the next one learns from. Open while it has a title. */
export function LostReasonDialog({
  title,
  onClose,
  onConfirm,
}: {
  title: string | undefined
  onClose(): void
  onConfirm(reason: string): void
}) {
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onConfirm(reason.trim())
    setReason('')
  }
  return (
    <Dialog open={title !== undefined} onOpenChange={(open) => !open && onClose()} title={title ?? ''}>
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
