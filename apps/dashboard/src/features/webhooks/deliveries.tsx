'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { DeliveryState, WebhookMessageView } from '@throughline/contracts'
import { Button, ErrorState, Field, formatAge, formatInstant, Select, Skeleton } from '@throughline/ui'
import { useState } from 'react'
import { deliveryLabels, lastAnswerOf, MessageState } from './webhook-words.tsx'
import { readMessages } from './webhooks.api.ts'

/** Nothing tells of single deliveries; whoever has the log open sees them soon. */
const lookAgainMs = 4_000
const states = Object.keys(deliveryLabels) as DeliveryState[]

function Message({
  message,
  timeZone,
  onOpen,
}: {
  message: WebhookMessageView
  timeZone: string | undefined
  onOpen(id: string): void
}) {
  const { id, type, state, attempts, createdAt, nextAttemptAt } = message
  return (
    <li>
      <button
        type="button"
        onClick={() => onOpen(id)}
        className="grid w-full gap-1 px-3 py-2.5 text-left text-sm hover:bg-sunken"
      >
        <span className="flex items-center justify-between gap-2">
          <span className="font-mono text-xs [overflow-wrap:anywhere]">{type}</span>
          <MessageState state={state} />
        </span>
        <span className="flex flex-wrap justify-between gap-x-3 text-muted text-xs">
          <span>
            {lastAnswerOf(message)}
            {attempts > 1 ? ` · ${attempts} tries` : ''}
            {state === 'PENDING' && attempts > 0 && nextAttemptAt
              ? ` · next ${formatInstant(nextAttemptAt, timeZone)}`
              : ''}
          </span>
          <span className="whitespace-nowrap">{formatAge(createdAt)}</span>
        </span>
      </button>
    </li>
  )
}

/** What was sent of late, newest first. */
export function Deliveries({
  webhookId,
  isGoing,
  timeZone,
  onOpen,
}: {
  webhookId: string
  /** Being removed, see `useGoing`. */
  isGoing: boolean
  timeZone: string | undefined
  onOpen(messageId: string): void
}) {
  const [state, setState] = useState<DeliveryState>()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['webhooks', webhookId, 'messages', state],
    queryFn: ({ pageParam, signal }) => readMessages({ id: webhookId, state, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    refetchInterval: lookAgainMs,
    enabled: !isGoing,
  })
  const messages = data?.pages.flatMap((page) => page.data)
  return (
    <section aria-label="Messages" className="grid gap-2">
      <div className="flex flex-wrap items-end justify-between gap-2">
        <h3 className="font-semibold text-sm">Messages of the last 30 days</h3>
        <Field label="State">
          {(ids) => (
            <Select
              {...ids}
              value={state ?? ''}
              onChange={({ target }) => setState(states.find((each) => each === target.value))}
            >
              <option value="">All</option>
              {states.map((each) => (
                <option key={each} value={each}>
                  {deliveryLabels[each].label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!messages && !error ? <Skeleton className="h-40" /> : null}
      {messages?.length === 0 ? (
        <p className="rounded-xl border border-line p-4 text-center text-muted text-sm">
          {state ? 'No message is in this state.' : 'Nothing was sent yet. Send a test to see whether it arrives.'}
        </p>
      ) : null}
      {messages && messages.length > 0 ? (
        <ul className="divide-y divide-line overflow-hidden rounded-xl border border-line">
          {messages.map((message) => (
            <Message key={message.id} message={message} timeZone={timeZone} onOpen={onOpen} />
          ))}
        </ul>
      ) : null}
      {hasNextPage ? (
        <Button kind="ghost" onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
          {isFetchingNextPage ? 'Loading…' : 'Load more'}
        </Button>
      ) : null}
    </section>
  )
}
