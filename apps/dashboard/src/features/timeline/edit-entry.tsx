'use client'
import { useMutation } from '@tanstack/react-query'
import type { TimelineEntry, UpdateEntry } from '@throughline/contracts'
import { Alert, Button, Field, Input, issueAt, Textarea } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { refusalOf } from '../settings/refusal.ts'
import { sendOnEnter } from './entry-form.tsx'
import { patchEntry } from './timeline.api.ts'
import { instantIn, localOf } from './timeline-words.ts'
import { useTimelineChanged } from './use-timeline.ts'

/** Changes text and time of an entry, in its place. */
export function EditEntry({ entry, onClose }: { entry: TimelineEntry; onClose(): void }) {
  const changed = useTimelineChanged()
  // The version that was read when the editing began: what others change meanwhile is not overwritten.
  const [base] = useState(entry)
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: UpdateEntry) => patchEntry(base.id, base.version, body),
    onSuccess: onClose,
    onSettled: changed,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [body, time] = [String(form.get('body') ?? '').trim(), String(form.get('happenedAt') ?? '')]
    // The field knows minutes only: a time that nobody touched stays as exact as it is.
    const happenedAt = time === localOf(base.at) ? undefined : instantIn(time)
    mutate({ body, ...(happenedAt && { happenedAt }) })
  }
  return (
    <form onSubmit={submit} aria-label="Edit entry" className="grid gap-3">
      {error ? <Alert>{refusalOf(error, 'this entry')}</Alert> : null}
      <Field label="What happened" error={issueAt(error, 'body')}>
        {(ids) => (
          <Textarea
            {...ids}
            name="body"
            defaultValue={base.body}
            required={base.kind !== 'SIGNAL'}
            maxLength={10_000}
            autoFocus
            onKeyDown={sendOnEnter}
          />
        )}
      </Field>
      <Field label="When" error={issueAt(error, 'happenedAt')}>
        {(ids) => <Input {...ids} name="happenedAt" type="datetime-local" defaultValue={localOf(base.at)} />}
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <Button size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" kind="primary" type="submit" disabled={isPending}>
          Save entry
        </Button>
      </div>
    </form>
  )
}
