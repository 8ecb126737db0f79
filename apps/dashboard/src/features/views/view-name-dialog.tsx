'use client'
import { Alert, Button, Dialog, Field, Input, messageOf, Switch } from '@throughline/ui'
import { type FormEvent, useId, useState } from 'react'

export interface NamedView {
  name: string
  shared: boolean
}

interface ViewNameDialogProps {
  title: string
  confirm: string
  initial?: NamedView
  /** Whether this person shares views with the firm. */
  mayShare: boolean
  onSubmit(view: NamedView): void
  onClose(): void
  busy: boolean
  error: unknown
}

/** What a view is called, and whether others see it. */
export function ViewNameDialog(props: ViewNameDialogProps) {
  const { title, confirm, initial, mayShare, onSubmit, onClose, busy, error } = props
  const [shared, setShared] = useState(initial?.shared ?? false)
  const sharedId = useId()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    onSubmit({ name: String(new FormData(event.currentTarget).get('name')).trim(), shared })
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form onSubmit={submit} className="grid gap-4">
        {error ? <Alert>{messageOf(error)}</Alert> : null}
        <Field label="Name">
          {(ids) => <Input {...ids} name="name" defaultValue={initial?.name} required maxLength={80} autoFocus />}
        </Field>
        {mayShare ? (
          <div className="flex items-center justify-between gap-4">
            <label htmlFor={sharedId} className="text-sm">
              <span className="block font-medium">Share with the firm</span>
              <span className="block text-muted">Everybody sees the view, each with the deals that they may see.</span>
            </label>
            <Switch id={sharedId} checked={shared} onCheckedChange={setShared} />
          </div>
        ) : null}
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" disabled={busy}>
            {confirm}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
