'use client'
import { Alert, Button, Dialog, Field, Input, messageOf } from '@throughline/ui'
import type { FormEvent, ReactNode } from 'react'

interface ConfirmLayoutProps {
  title: string
  /** What will happen, and what else is asked. */
  children: ReactNode
  error: unknown
  /** Asks for the text that has to be typed; nothing is asked without one. */
  typedLabel: string | undefined
  typed: string
  onTyped(text: string): void
  confirm: string
  danger?: boolean | undefined
  disabled: boolean
  onSubmit(event: FormEvent): void
  onClose(): void
}

/** The last question before money moves, as it looks. */
export function ConfirmLayout(props: ConfirmLayoutProps) {
  const { title, children, error, typedLabel, typed, onTyped, confirm, danger, disabled, onSubmit, onClose } = props
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form onSubmit={onSubmit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <div className="grid gap-3 text-sm">{children}</div>
        {typedLabel === undefined ? null : (
          <Field label={typedLabel}>
            {(ids) => (
              <Input {...ids} autoComplete="off" value={typed} onChange={({ target }) => onTyped(target.value)} />
            )}
          </Field>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind={danger ? 'danger' : 'primary'} type="submit" disabled={disabled}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
