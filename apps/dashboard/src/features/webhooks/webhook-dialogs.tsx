'use client'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import type { WebhookEventType, WebhookView, WebhookWithSecret } from '@throughline/contracts'
import { ConfirmDialog, Dialog, Field, Input, messageOf, Select, toast } from '@throughline/ui'
import { useState } from 'react'
import { refusalOf } from '../settings/refusal.ts'
import { WebhookForm } from './webhook-form.tsx'
import { offeredEvents } from './webhook-words.tsx'
import { deleteWebhook, patchWebhook, postReplay, postSecretRotation, postWebhook } from './webhooks.api.ts'

/** The list and the messages are read again, whatever came of a change. */
export const readAgain = (client: QueryClient) => client.invalidateQueries({ queryKey: ['webhooks'] })
const textOf = (error: unknown) => (error ? messageOf(error) : undefined)

/** Makes a webhook. */
export function NewWebhookDialog({ onClose, onMade }: { onClose(): void; onMade(made: WebhookWithSecret): void }) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: postWebhook,
    // The secret is in this answer: it is not kept when nobody shows it.
    gcTime: 0,
    onSuccess: onMade,
    onSettled: () => readAgain(client),
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="New webhook"
      description="Its secret is shown once."
    >
      <WebhookForm
        start={{ url: '', description: '', eventTypes: [] }}
        submit="Create webhook"
        onSubmit={mutate}
        onCancel={onClose}
        busy={isPending}
        refusal={textOf(error)}
      />
    </Dialog>
  )
}

const isOffered = (type: string): type is WebhookEventType => offeredEvents.some((event) => event.type === type)

/** Another address, description or choice of events. */
export function EditWebhookDialog({ webhook, onClose }: { webhook: WebhookView; onClose(): void }) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: patchWebhook,
    onSuccess: () => {
      toast.success('The webhook is changed')
      onClose()
    },
    onSettled: () => readAgain(client),
  })
  const { id, url, description, eventTypes, version } = webhook
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Edit webhook">
      <WebhookForm
        start={{ url, description, eventTypes: eventTypes.filter(isOffered) }}
        submit="Save"
        onSubmit={(values) => mutate({ id, version, ...values })}
        onCancel={onClose}
        busy={isPending}
        refusal={refusalOf(error, 'this webhook')}
      />
    </Dialog>
  )
}

const overlaps: { hours: number; label: string }[] = [
  { hours: 0, label: 'Not at all: it ends at once' },
  { hours: 1, label: 'An hour' },
  { hours: 24, label: 'A day' },
  { hours: 168, label: 'A week' },
]

/** A new secret. */
export function RotateSecretDialog({
  webhook,
  onClose,
  onMade,
}: {
  webhook: WebhookView
  onClose(): void
  onMade(made: WebhookWithSecret): void
}) {
  const client = useQueryClient()
  const [overlapHours, setOverlapHours] = useState(24)
  const { mutate, isPending, error } = useMutation({
    mutationFn: postSecretRotation,
    gcTime: 0,
    onSuccess: onMade,
    onSettled: () => readAgain(client),
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title="Rotate the secret?"
      confirm="Rotate secret"
      onConfirm={() => mutate({ id: webhook.id, overlapHours })}
      busy={isPending}
      refusal={textOf(error)}
    >
      <p>You get a new secret. For a while each message is signed with both, so that the receiver can change over.</p>
      <Field label="How long the old secret signs as well">
        {(ids) => (
          <Select {...ids} value={overlapHours} onChange={(event) => setOverlapHours(Number(event.target.value))}>
            {overlaps.map(({ hours, label }) => (
              <option key={hours} value={hours}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </ConfirmDialog>
  )
}

/** The end of a webhook. */
export function RemoveWebhookDialog({
  webhook,
  onClose,
  onRemoved,
}: {
  webhook: WebhookView
  onClose(): void
  onRemoved(): void
}) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: deleteWebhook,
    onSuccess: () => {
      toast.success('The webhook is removed')
      onRemoved()
    },
    onSettled: () => readAgain(client),
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title="Remove this webhook?"
      confirm="Remove webhook"
      onConfirm={() => mutate(webhook.id)}
      busy={isPending}
      refusal={textOf(error)}
      danger
    >
      <p>
        Nothing more is sent to <span className="[overflow-wrap:anywhere]">{webhook.url}</span>, and the log of its
        messages is gone. This cannot be taken back.
      </p>
    </ConfirmDialog>
  )
}

const dayMs = 86_400_000
/** What `datetime-local` shows: the person's own clock. */
const localTime = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)

/** Sends again what ended since an instant. */
export function ReplayDialog({ webhook, onClose }: { webhook: WebhookView; onClose(): void }) {
  const client = useQueryClient()
  const [since, setSince] = useState(() => localTime(new Date(Date.now() - dayMs)))
  const [onlyFailed, setOnlyFailed] = useState(true)
  const { mutate, isPending, error } = useMutation({
    mutationFn: postReplay,
    onSuccess: ({ messages }) => {
      toast.success(messages === 1 ? 'One message is sent again' : `${messages} messages are sent again`)
      onClose()
    },
    onSettled: () => readAgain(client),
  })
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title="Send messages again?"
      confirm="Send again"
      onConfirm={() => mutate({ id: webhook.id, since: new Date(since).toISOString(), onlyFailed })}
      busy={isPending || since === ''}
      refusal={textOf(error)}
    >
      <p>They keep their ids, so a receiver that knows one already can leave it.</p>
      <Field label="Since">
        {(ids) => (
          <Input {...ids} type="datetime-local" value={since} onChange={(event) => setSince(event.target.value)} />
        )}
      </Field>
      <label className="flex min-h-8 items-center gap-2.5">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={onlyFailed}
          onChange={(event) => setOnlyFailed(event.target.checked)}
        />
        Only those that failed
      </label>
    </ConfirmDialog>
  )
}
