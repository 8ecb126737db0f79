'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReviewView } from '@throughline/contracts'
import {
  Alert,
  Badge,
  Button,
  Card,
  ErrorState,
  formatTime,
  Kbd,
  MarkdownText,
  messageOf,
  PageHeader,
  Skeleton,
  toast,
  useHotkeys,
  WordDiff,
} from '@throughline/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { type Deciding, DecisionDialog } from './decision-dialogs.tsx'
import { type Decision, postDecision, postNext, postRelease, readReview } from './reviews.api.ts'
import { useLease } from './use-lease.ts'

const done: Record<Decision['kind'], string> = {
  approve: 'Approved',
  reject: 'Rejected',
  'request-revision': 'Sent back to the writer',
}
/** The title is the page's heading already. */
const withoutTitle = (markdown: string): string => markdown.replace(/^#\s+.+\n+/, '')

function Draft({ review }: { review: ReviewView }) {
  const [number, setNumber] = useState(review.currentVersion)
  const [changes, setChanges] = useState(false)
  const draft = review.versions.find((each) => each.number === number) ?? review.versions.at(-1)
  const before = review.versions.find((each) => each.number === (draft?.number ?? 0) - 1)
  if (!draft) return null
  return (
    <Card className="min-w-0 p-6 md:p-8">
      <div className="mb-5 flex flex-wrap items-center gap-2 text-sm">
        {review.versions.length > 1 ? (
          <fieldset className="flex gap-1 rounded-lg bg-sunken p-1">
            <legend className="sr-only">Version</legend>
            {review.versions.map((version) => (
              <Button
                key={version.id}
                size="sm"
                kind={version.number === draft.number ? 'secondary' : 'ghost'}
                aria-pressed={version.number === draft.number}
                onClick={() => setNumber(version.number)}
              >
                Version {version.number}
              </Button>
            ))}
          </fieldset>
        ) : null}
        {before ? (
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={changes}
              onChange={(event) => setChanges(event.target.checked)}
              className="size-4 accent-[var(--accent)]"
            />
            Show changes
          </label>
        ) : null}
        <span className="ml-auto text-muted">
          {draft.wordCount} words
          {draft.provider === 'offline' ? ' · No model was used for this draft' : ` · ${draft.model}`}
        </span>
      </div>
      <article aria-label="Draft">
        {changes && before ? (
          <WordDiff before={before.body} after={draft.body} />
        ) : (
          <MarkdownText text={withoutTitle(draft.body)} />
        )}
      </article>
    </Card>
  )
}

function Brief({ review }: { review: ReviewView }) {
  const notes = review.decisions.filter((decision) => decision.notes)
  const sources = review.versions.at(-1)?.sources ?? []
  return (
    <Card className="grid content-start gap-5 p-5 text-sm lg:sticky lg:top-19">
      <section>
        <h2 className="mb-2 font-semibold">Brief</h2>
        <dl className="grid gap-2.5">
          <div>
            <dt className="text-muted">Topic</dt>
            <dd>{review.topic}</dd>
          </div>
          <div>
            <dt className="text-muted">Audience</dt>
            <dd>{review.audience}</dd>
          </div>
          <div>
            <dt className="text-muted">Keywords</dt>
            <dd className="mt-1 flex flex-wrap gap-1">
              {review.keywords.length > 0
                ? review.keywords.map((keyword) => <Badge key={keyword}>{keyword}</Badge>)
                : '–'}
            </dd>
          </div>
        </dl>
      </section>
      <section>
        <h2 className="mb-1 font-semibold">Brand voice</h2>
        <p className="text-muted">{review.brandVoice || 'Not set.'}</p>
      </section>
      {notes.length > 0 ? (
        <section>
          <h2 className="mb-1 font-semibold">Earlier notes</h2>
          <ul className="grid gap-2 text-muted">
            {notes.map((decision) => (
              <li key={decision.id}>
                Version {decision.versionNumber}: {decision.notes}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {sources.length > 0 ? (
        <section>
          <h2 className="mb-1 font-semibold">Drawn from</h2>
          <ul className="text-muted">
            {sources.map(({ id, title }) => (
              <li key={id}>{title}</li>
            ))}
          </ul>
        </section>
      ) : null}
    </Card>
  )
}

/** After a decision the next draft is there at once; when there is none, the queue says so. */
function useDecide(review: ReviewView | undefined, onDecided: () => void) {
  const router = useRouter()
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (decision: Decision) => {
      if (!review?.claim) throw new Error('Claim this draft first.')
      await postDecision(review.id, { claimToken: review.claim.token, versionNumber: review.currentVersion }, decision)
      return decision
    },
    onSuccess: async (decision) => {
      onDecided()
      toast.success(done[decision.kind], { description: review?.title })
      await client.invalidateQueries()
      const { review: next } = await postNext()
      router.push(next ? `/reviews/${next.id}` : '/queue')
    },
    onError: (error) => toast.error('Not decided', { description: messageOf(error) }),
  })
}

/** One draft beside its brief; decided by button or key. */
export function ReviewScreen({ activityId }: { activityId: string }) {
  const router = useRouter()
  const {
    data: review,
    error,
    refetch,
  } = useQuery({ queryKey: ['review', activityId], queryFn: ({ signal }) => readReview(activityId, signal) })
  const lease = useLease(review)
  const [deciding, setDeciding] = useState<Deciding>()
  const { mutate: decide, isPending } = useDecide(review, () => setDeciding(undefined))
  const { mutate: release } = useMutation({
    mutationFn: async () => review?.claim && postRelease(review.id, review.claim.token),
    onSuccess: () => router.push('/queue'),
    onError: (refusal) => toast.error(messageOf(refusal)),
  })
  const mine = review?.claim !== null && review?.claim !== undefined && !lease.lost
  const enabled = mine && !isPending
  useHotkeys([
    { key: 'a', label: 'Approve', run: () => setDeciding('approve'), enabled },
    { key: 'e', label: 'Request revision', run: () => setDeciding('request-revision'), enabled },
    { key: 'r', label: 'Reject', run: () => setDeciding('reject'), enabled },
  ])
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!review) return <Skeleton className="h-96 rounded-2xl" />
  return (
    <>
      <PageHeader
        title={review.title}
        actions={
          <>
            <Button kind="primary" disabled={!enabled} onClick={() => setDeciding('approve')} aria-keyshortcuts="a">
              Approve <Kbd>a</Kbd>
            </Button>
            <Button disabled={!enabled} onClick={() => setDeciding('request-revision')} aria-keyshortcuts="e">
              Request revision <Kbd>e</Kbd>
            </Button>
            <Button kind="danger" disabled={!enabled} onClick={() => setDeciding('reject')} aria-keyshortcuts="r">
              Reject <Kbd>r</Kbd>
            </Button>
            <Button kind="ghost" disabled={!enabled} onClick={() => release()}>
              Release
            </Button>
          </>
        }
      >
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone="accent">{review.tenant.name}</Badge>
          {mine && lease.expiresAt ? `Yours until ${formatTime(lease.expiresAt)}` : null}
        </span>
      </PageHeader>
      {mine ? null : (
        <Alert className="mb-4">
          You do not hold this draft any more, so it cannot be decided here. Claim the next one from the queue.
        </Alert>
      )}
      <div className="grid items-start gap-5 lg:grid-cols-[1fr_21rem]">
        <Draft key={review.currentVersion} review={review} />
        <Brief review={review} />
      </div>
      <DecisionDialog
        deciding={deciding}
        busy={isPending}
        onClose={() => setDeciding(undefined)}
        onDecide={(decision) => decide(decision)}
      />
    </>
  )
}
