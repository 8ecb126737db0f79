'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { WebhookView, WebhookWithSecret } from '@throughline/contracts'
import {
  Badge,
  Button,
  Fact,
  FactList,
  formatInstant,
  Menu,
  MenuContent,
  MenuItem,
  MenuTrigger,
  messageOf,
  Notice,
  Sheet,
  toast,
} from '@throughline/ui'
import { MoreHorizontal, Pause, Play, Send } from 'lucide-react'
import { useState } from 'react'
import { useGoing } from '../records/use-going.ts'
import { Deliveries } from './deliveries.tsx'
import { MessageDetail } from './message-detail.tsx'
import {
  EditWebhookDialog,
  RemoveWebhookDialog,
  ReplayDialog,
  RotateSecretDialog,
  readAgain,
} from './webhook-dialogs.tsx'
import { troubleOf, WebhookState } from './webhook-words.tsx'
import { postTest, postWebhookAct } from './webhooks.api.ts'

type Ask = 'edit' | 'rotate' | 'replay' | 'remove'

function Actions({ webhook, onAsk }: { webhook: WebhookView; onAsk(ask: Ask): void }) {
  const client = useQueryClient()
  const on = webhook.disabledAt === null
  const refused = (title: string) => ({
    onError: (error: unknown) => toast.error(title, { description: messageOf(error) }),
    onSettled: () => readAgain(client),
  })
  const test = useMutation({
    mutationFn: () => postTest(webhook.id),
    onSuccess: () => toast.success('A test is on its way'),
    ...refused('No test was sent'),
  })
  const act = useMutation({
    mutationFn: () => postWebhookAct(webhook.id, on ? 'pause' : 'resume'),
    onSuccess: () => toast.success(on ? 'The webhook is paused' : 'The webhook is on again'),
    ...refused('It was not changed'),
  })
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => test.mutate()} disabled={!on || test.isPending}>
        <Send aria-hidden /> Send a test
      </Button>
      <Button onClick={() => act.mutate()} disabled={act.isPending}>
        {on ? <Pause aria-hidden /> : <Play aria-hidden />} {on ? 'Pause' : 'Resume'}
      </Button>
      <Menu>
        <MenuTrigger asChild>
          <Button size="icon" aria-label="More actions">
            <MoreHorizontal aria-hidden />
          </Button>
        </MenuTrigger>
        <MenuContent>
          <MenuItem onSelect={() => onAsk('edit')}>Edit</MenuItem>
          <MenuItem onSelect={() => onAsk('replay')}>Send messages again</MenuItem>
          <MenuItem onSelect={() => onAsk('rotate')}>Rotate the secret</MenuItem>
          <MenuItem onSelect={() => onAsk('remove')}>Remove</MenuItem>
        </MenuContent>
      </Menu>
    </div>
  )
}

const hostOf = (url: string): string => URL.parse(url)?.host ?? url

/** One webhook: what it hears of, what was sent, and what can be done with it. */
export function WebhookSheet({
  webhook,
  timeZone,
  onClose,
  onMade,
}: {
  webhook: WebhookView
  timeZone: string | undefined
  onClose(): void
  onMade(made: WebhookWithSecret): void
}) {
  const [asked, setAsked] = useState<Ask>()
  const [messageId, setMessageId] = useState<string>()
  const { isGoing, going } = useGoing(webhook.id)
  const done = () => setAsked(undefined)
  const trouble = troubleOf(webhook)
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()} title={webhook.description || hostOf(webhook.url)}>
      {messageId ? (
        <MessageDetail
          webhookId={webhook.id}
          messageId={messageId}
          timeZone={timeZone}
          onBack={() => setMessageId(undefined)}
        />
      ) : (
        <div className="grid gap-5">
          <Actions webhook={webhook} onAsk={setAsked} />
          {trouble ? <Notice tone="warn">{trouble}</Notice> : null}
          <FactList>
            <Fact name="URL">{webhook.url}</Fact>
            <Fact name="State">
              <WebhookState {...webhook} />
            </Fact>
            {webhook.failingSince ? (
              <Fact name="Failing since">{formatInstant(webhook.failingSince, timeZone)}</Fact>
            ) : null}
            <Fact name="Events">
              <span className="flex flex-wrap gap-1">
                {webhook.eventTypes.map((type) => (
                  <Badge key={type}>{type}</Badge>
                ))}
              </span>
            </Fact>
            {webhook.previousSecretUntil ? (
              <Fact name="Old secret">signs until {formatInstant(webhook.previousSecretUntil, timeZone)}</Fact>
            ) : null}
          </FactList>
          <Deliveries webhookId={webhook.id} isGoing={isGoing} timeZone={timeZone} onOpen={setMessageId} />
        </div>
      )}
      {asked === 'edit' ? <EditWebhookDialog webhook={webhook} onClose={done} /> : null}
      {asked === 'rotate' ? (
        <RotateSecretDialog
          webhook={webhook}
          onClose={done}
          onMade={(made) => {
            done()
            onMade(made)
          }}
        />
      ) : null}
      {asked === 'replay' ? <ReplayDialog webhook={webhook} onClose={done} /> : null}
      {asked === 'remove' ? (
        <RemoveWebhookDialog webhook={webhook} going={going} onClose={done} onRemoved={onClose} />
      ) : null}
    </Sheet>
  )
}
