'use client'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './overlays.tsx'
import { Alert } from './states.tsx'

export interface ConfirmDialogProps {
  open: boolean
  onClose(): void
  title: string
  /** What will happen. */
  children: ReactNode
  /** The word on the button: what it does. */
  confirm: string
  onConfirm(): void
  busy?: boolean
  /** Why it was refused. */
  refusal?: string
  danger?: boolean
}

/** Says what will happen, and asks once more. A refusal stands in it until somebody decides anew. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onClose, title, children, confirm, onConfirm, busy, refusal, danger } = props
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()} title={title}>
      <div className="grid gap-4">
        {refusal ? <Alert>{refusal}</Alert> : null}
        <div className="grid gap-3 text-sm">{children}</div>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind={danger ? 'danger' : 'primary'} onClick={onConfirm} disabled={busy}>
            {confirm}
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
