'use client'
import type { CreateWebhook, WebhookEventType } from '@throughline/contracts'
import { Alert, Button, Field, Input } from '@throughline/ui'
import { type FormEvent, useState } from 'react'
import { offeredEvents } from './webhook-words.tsx'

interface WebhookFormProps {
  start: CreateWebhook
  /** The word on the button. */
  submit: string
  onSubmit(values: CreateWebhook): void
  onCancel(): void
  busy: boolean
  refusal: string | undefined
}

/** Where to, and what of. */
export function WebhookForm({ start, submit, onSubmit, onCancel, busy, refusal }: WebhookFormProps) {
  const [chosen, setChosen] = useState<ReadonlySet<WebhookEventType>>(new Set(start.eventTypes))
  const toggle = (type: WebhookEventType) => {
    const next = new Set(chosen)
    if (!next.delete(type)) next.add(type)
    setChosen(next)
  }
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    onSubmit({
      url: String(form.get('url')).trim(),
      description: String(form.get('description')).trim(),
      eventTypes: offeredEvents.map(({ type }) => type).filter((type) => chosen.has(type)),
    })
  }
  return (
    <form onSubmit={send} className="grid gap-4">
      {refusal ? <Alert>{refusal}</Alert> : null}
      <Field label="URL" hint="https, on the public internet. It has 15 seconds to answer.">
        {(ids) => (
          <Input
            {...ids}
            name="url"
            type="url"
            required
            maxLength={2000}
            defaultValue={start.url}
            placeholder="https://example.com/hooks"
            autoComplete="off"
            autoFocus
          />
        )}
      </Field>
      <Field label="Description" hint="What is there, e.g. “Warehouse”. May stay empty.">
        {(ids) => (
          <Input {...ids} name="description" maxLength={200} defaultValue={start.description} autoComplete="off" />
        )}
      </Field>
      <fieldset className="grid gap-1 text-sm">
        <legend className="mb-1.5 font-medium">Events</legend>
        {offeredEvents.map(({ type, label }) => (
          <label key={type} className="flex min-h-8 items-center gap-2.5">
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-accent"
              aria-label={label}
              checked={chosen.has(type)}
              onChange={() => toggle(type)}
            />
            <span className="flex flex-wrap items-baseline gap-x-2">
              {label} <span className="font-mono text-muted text-xs">{type}</span>
            </span>
          </label>
        ))}
        <p className="text-muted" aria-live="polite">
          {chosen.size === 0 ? 'Choose at least one.' : `${chosen.size} chosen`}
        </p>
      </fieldset>
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button kind="primary" type="submit" disabled={busy || chosen.size === 0}>
          {submit}
        </Button>
      </div>
    </form>
  )
}
