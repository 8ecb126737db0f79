'use client'
import { useQuery } from '@tanstack/react-query'
import type { WebhookView, WebhookWithSecret } from '@throughline/contracts'
import { Badge, Button, type Column, DataTable, EmptyState, formatAge, useSession } from '@throughline/ui'
import { Webhook } from 'lucide-react'
import { useState } from 'react'
import { ForRole } from '../settings/settings-frame.tsx'
import { ShownSecretDialog } from './shown-secret-dialog.tsx'
import { NewWebhookDialog } from './webhook-dialogs.tsx'
import { WebhookSheet } from './webhook-sheet.tsx'
import { WebhookState } from './webhook-words.tsx'
import { readWebhooks } from './webhooks.api.ts'

type Open = (webhook: WebhookView) => void

const Target = ({ webhook, onOpen }: { webhook: WebhookView; onOpen: Open }) => (
  <button type="button" className="text-left hover:underline" onClick={() => onOpen(webhook)}>
    <span className="block font-medium [overflow-wrap:anywhere]">{webhook.description || webhook.url}</span>
    {webhook.description ? (
      <span className="block text-muted text-xs [overflow-wrap:anywhere]">{webhook.url}</span>
    ) : null}
  </button>
)

const Events = ({ eventTypes }: WebhookView) => (
  <span className="flex flex-wrap gap-1">
    {eventTypes.map((type) => (
      <Badge key={type}>{type}</Badge>
    ))}
  </span>
)

const columnsFor = (onOpen: Open): Column<WebhookView>[] => [
  { header: 'Webhook', cell: (webhook) => <Target webhook={webhook} onOpen={onOpen} />, className: 'min-w-52' },
  { header: 'Events', cell: Events, wide: true, className: 'max-w-80' },
  { header: 'Created', cell: ({ createdAt }) => formatAge(createdAt), className: 'whitespace-nowrap text-muted' },
  { header: 'State', cell: WebhookState },
]

function Webhooks() {
  const { user } = useSession()
  const [creating, setCreating] = useState(false)
  const [openedId, setOpenedId] = useState<string>()
  const [shown, setShown] = useState<WebhookWithSecret>()
  const { data, error, refetch } = useQuery({ queryKey: ['webhooks'], queryFn: ({ signal }) => readWebhooks(signal) })
  // By its id: the panel shows what it is by now.
  const opened = data?.data.find(({ id }) => id === openedId)
  const open: Open = ({ id }) => setOpenedId(id)
  const create = (
    <Button kind="primary" onClick={() => setCreating(true)}>
      <Webhook aria-hidden /> New webhook
    </Button>
  )
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold">Webhooks</h2>
          <p className="mt-0.5 text-muted text-sm">
            Your other systems hear of what happens here, signed, within seconds.
          </p>
        </div>
        {data?.data.length ? create : null}
      </div>
      <DataTable
        label="Webhooks"
        columns={columnsFor(open)}
        rows={data?.data}
        keyOf={({ id }) => id}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState title="No webhooks yet" action={create}>
            A webhook sends a message to an address of yours when a deal is created or moves, when a contact changes, or
            when a lead comes in. What is not taken is tried again for three days.
          </EmptyState>
        }
        card={(webhook) => (
          <div className="grid gap-2 text-sm">
            <div className="flex items-start justify-between gap-2">
              <Target webhook={webhook} onOpen={open} />
              <WebhookState {...webhook} />
            </div>
            <Events {...webhook} />
          </div>
        )}
      />
      {creating ? (
        <NewWebhookDialog
          onClose={() => setCreating(false)}
          onMade={(made) => {
            setCreating(false)
            setShown(made)
          }}
        />
      ) : null}
      {opened ? (
        <WebhookSheet
          webhook={opened}
          timeZone={user?.tenant?.timezone}
          onClose={() => setOpenedId(undefined)}
          onMade={setShown}
        />
      ) : null}
      {shown ? <ShownSecretDialog made={shown} onClose={() => setShown(undefined)} /> : null}
    </section>
  )
}

/** Where the firm's events are told outside. */
export const WebhooksScreen = () => (
  <ForRole needs="webhook:manage">
    <Webhooks />
  </ForRole>
)
