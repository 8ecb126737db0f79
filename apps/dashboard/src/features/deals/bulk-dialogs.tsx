'use client'
import type { BulkChange } from '@throughline/contracts'
import { Button, Dialog, Field, Input, TagInput } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { cleanTag } from './tags.ts'

interface BulkDialogProps {
  title: string
  onClose(): void
  onChange(change: BulkChange): void
}

/** As many tags as one wish takes. */
const mostTags = 10

/** One close date for all. */
export function CloseDateDialog({ title, onClose, onChange }: BulkDialogProps) {
  const [day, setDay] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onChange({ action: 'expect', expectedCloseDate: day === '' ? null : day })
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label="Close date" hint="Empty: without a close date">
          {(ids) => (
            <Input {...ids} type="date" value={day} onChange={(event) => setDay(event.target.value)} autoFocus />
          )}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit">
            Set close date
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

/** Tags for all, and tags that all lose. */
export function TagsDialog({ title, onClose, onChange }: BulkDialogProps) {
  const [add, setAdd] = useState<string[]>([])
  const [remove, setRemove] = useState<string[]>([])
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <div className="grid gap-4">
        <Field label="Add tags">{(ids) => <TagInput {...ids} value={add} onChange={setAdd} clean={cleanTag} />}</Field>
        <Field label="Take tags away">
          {(ids) => <TagInput {...ids} value={remove} onChange={setRemove} clean={cleanTag} />}
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabled={add.length + remove.length === 0}
            onClick={() => onChange({ action: 'tag', add: add.slice(0, mostTags), remove: remove.slice(0, mostTags) })}
          >
            Change tags
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
