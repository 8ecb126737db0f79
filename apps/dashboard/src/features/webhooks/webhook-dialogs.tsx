'use client'
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import type { WebhookEventType, WebhookView, WebhookWithSecret } from '@throughline/contracts'
import { ConfirmDialog, Dialog, Field, Input, messageOf, toast } from '@throughline/ui'
import { useState } from 'react'
import type { Going } from '../records/use-going.ts'
import { refusalOf } from '../settings/refusal.ts'
import { RotateDialog } from '../settings/rotate-dialog.tsx'
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

interface RotateSecretDialogProps {
  webhook: WebhookView
  onClose(): void
  onMade(made: WebhookWithSecret): void
}

/** A new secret. */
export const RotateSecretDialog = ({ webhook, onClose, onMade }: RotateSecretDialogProps) => (
  <RotateDialog
    title="Rotate the secret?"
    confirm="Rotate secret"
    overlapLabel="How long the old secret signs as well"
    rotate={(overlapHours) => postSecretRotation({ id: webhook.id, overlapHours })}
    stale="webhooks"
    onClose={onClose}
    onMade={onMade}
  >
    You get a new secret. For a while each message is signed with both, so that the receiver can change over.
  </RotateDialog>
)

/** The end of a webhook. */
export function RemoveWebhookDialog({
  webhook,
  going,
  onClose,
  onRemoved,
}: {
  webhook: WebhookView
  going: Going
  onClose(): void
  onRemoved(): void
}) {
  const client = useQueryClient()
  const { mutate, isPending, error } = useMutation({
    mutationFn: deleteWebhook,
    ...going,
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
