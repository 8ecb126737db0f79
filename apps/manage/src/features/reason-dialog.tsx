'use client'
import { Alert, Button, Dialog, Field, messageOf, Textarea } from '@throughline/ui'
import { type ReactNode, useState } from 'react'

interface ReasonDialogProps {
  open: boolean
  onClose(): void
  title: string
  /** What happens next, and to whom. */
  children: ReactNode
  confirm: string
  isPending: boolean
  error: Error | null
  onConfirm(reason: string): void
}

/** Asks why before somebody is shut out; the reason goes into the audit log. */
export function ReasonDialog({
  open,
  onClose,
  title,
  children,
  confirm,
  isPending,
  error,
  onConfirm,
}: ReasonDialogProps) {
  const [reason, setReason] = useState('')
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={title}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          onConfirm(reason)
        }}
      >
        <div className="text-muted text-sm">{children}</div>
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <Field label="Reason" hint="It stands in the audit log.">
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
          <Button kind="danger" type="submit" disabled={isPending || reason.trim() === ''}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
