'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { WebhookAttemptView } from '@throughline/contracts'
import {
  Badge,
  Button,
  Code,
  CopyButton,
  ErrorState,
  Fact,
  FactList,
  formatInstant,
  messageOf,
  Skeleton,
  toast,
} from '@throughline/ui'
import { ArrowLeft } from 'lucide-react'
import { readAgain } from './webhook-dialogs.tsx'
import { MessageState } from './webhook-words.tsx'
import { postMessageReplay, readMessage } from './webhooks.api.ts'

/** While something is under way: nothing tells of single tries. */
const lookAgainMs = 2_000

function Try({ attempt, n, timeZone }: { attempt: WebhookAttemptView; n: number; timeZone: string | undefined }) {
  const { statusCode, error, durationMs, response, at } = attempt
  const good = statusCode !== null && statusCode >= 200 && statusCode < 300
  return (
    <li className="grid gap-1.5 rounded-xl border border-line p-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">Try {n}</span>
        <Badge tone={good ? 'good' : 'bad'}>{statusCode ?? 'No answer'}</Badge>
        <span className="tabular text-muted text-xs">
          {formatInstant(at, timeZone)} · {durationMs} ms
        </span>
      </div>
      {error ? <p className="[overflow-wrap:anywhere]">{error}</p> : null}
      {response ? (
        <pre className="max-h-40 overflow-auto whitespace-pre-wrap rounded-lg bg-sunken p-2 font-mono text-xs [overflow-wrap:anywhere]">
          {response}
        </pre>
      ) : null}
    </li>
  )
}

const prettyOf = (body: string): string => JSON.stringify(JSON.parse(body), null, 2)

/** One message: what was sent, and what came back each time. */
export function MessageDetail({
  webhookId,
  messageId,
  timeZone,
  onBack,
}: {
  webhookId: string
  messageId: string
  timeZone: string | undefined
  onBack(): void
}) {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks', webhookId, 'message', messageId],
    queryFn: ({ signal }) => readMessage(webhookId, messageId, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'PENDING' ? lookAgainMs : false),
  })
  const replay = useMutation({
    mutationFn: () => postMessageReplay(webhookId, messageId),
    onSuccess: () => toast.success('The message is sent again'),
    onError: (refusal) => toast.error('It was not sent again', { description: messageOf(refusal) }),
    onSettled: () => readAgain(client),
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-64" />
  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Button kind="ghost" size="sm" onClick={onBack} autoFocus>
          <ArrowLeft aria-hidden /> All messages
        </Button>
        {data.state === 'PENDING' ? null : (
          <Button size="sm" onClick={() => replay.mutate()} disabled={replay.isPending}>
            Send again
          </Button>
        )}
      </div>
      <FactList>
        <Fact name="Event">
          <Code>{data.type}</Code>
        </Fact>
        <Fact name="State">
          <MessageState state={data.state} />
        </Fact>
        <Fact name="Id">
          <Code>{data.id}</Code>
        </Fact>
        <Fact name="Created">{formatInstant(data.createdAt, timeZone)}</Fact>
        {data.nextAttemptAt ? <Fact name="Next try">{formatInstant(data.nextAttemptAt, timeZone)}</Fact> : null}
      </FactList>
      <section aria-label="Tries" className="grid gap-2">
        <h3 className="font-semibold text-sm">Tries</h3>
        {data.tries.length === 0 ? <p className="text-muted text-sm">None has ended yet.</p> : null}
        <ol className="grid gap-2">
          {data.tries.map((attempt, index) => (
            <Try key={attempt.id} attempt={attempt} n={index + 1} timeZone={timeZone} />
          ))}
        </ol>
      </section>
      <section aria-label="Body" className="grid gap-2">
        <div className="flex items-end justify-between gap-2">
          <h3 className="font-semibold text-sm">Body</h3>
          <CopyButton text={data.body} label="Copy the body" />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
        <pre tabIndex={0} className="max-h-96 overflow-auto rounded-xl bg-sunken p-3 font-mono text-xs">
          {prettyOf(data.body)}
        </pre>
      </section>
    </div>
  )
}
