'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ActivityView } from '@throughline/contracts'
import {
  Alert,
  Badge,
  Button,
  Card,
  ErrorState,
  Field,
  formatInstant,
  formatNumber,
  MarkdownText,
  messageOf,
  PageHeader,
  Select,
  Skeleton,
  toast,
  useSession,
} from '@throughline/ui'
import { useState } from 'react'
import { decisionLabels, stateLabels, stateTones } from './activity-labels.ts'
import { postCancel, postRetry, readActivity } from './content.api.ts'
import { WriterProgress } from './writer-progress.tsx'

const isWriting = ({ state }: ActivityView): boolean =>
  state === 'QUEUED' || state === 'GENERATING' || state === 'REVISION_REQUESTED'

/** The title is the page's heading already. */
const withoutTitle = (markdown: string): string => markdown.replace(/^#\s+.+\n+/, '')

function Draft({ activity }: { activity: ActivityView }) {
  const [chosen, setChosen] = useState<number>()
  const draft = activity.versions.find(({ number }) => number === chosen) ?? activity.versions.at(-1)
  if (!draft) return null
  return (
    <Card className="p-6 md:p-8">
      <div className="mb-5 flex flex-wrap items-end justify-between gap-3">
        <p className="text-muted text-sm">
          {formatNumber(draft.wordCount)} words
          {draft.provider === 'offline' ? ' · No model was used for this draft' : ` · written with ${draft.model}`}
        </p>
        {activity.versions.length > 1 ? (
          <Field label="Version" className="w-28">
            {(ids) => (
              <Select {...ids} value={draft.number} onChange={(event) => setChosen(Number(event.target.value))}>
                {activity.versions.map(({ number }) => (
                  <option key={number} value={number}>
                    {number}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : null}
      </div>
      <article aria-label="Draft">
        <MarkdownText text={withoutTitle(draft.body)} />
      </article>
      {draft.sources.length > 0 ? (
        <p className="mt-6 border-line border-t pt-4 text-muted text-sm">
          Drawn from: {draft.sources.map(({ title }) => title).join(', ')}
        </p>
      ) : null}
    </Card>
  )
}

function Brief({ activity }: { activity: ActivityView }) {
  const { user } = useSession()
  return (
    <Card className="grid content-start gap-5 p-5 text-sm">
      <dl className="grid gap-3">
        <div>
          <dt className="text-muted">Audience</dt>
          <dd>{activity.audience}</dd>
        </div>
        <div>
          <dt className="text-muted">Keywords</dt>
          <dd className="mt-1 flex flex-wrap gap-1">
            {activity.keywords.length > 0
              ? activity.keywords.map((keyword) => <Badge key={keyword}>{keyword}</Badge>)
              : '–'}
          </dd>
        </div>
        <div>
          <dt className="text-muted">Asked for by</dt>
          <dd>
            {activity.requestedBy.name}, {formatInstant(activity.createdAt, user?.tenant?.timezone)}
          </dd>
        </div>
      </dl>
      {activity.decisions.length > 0 ? (
        <div className="border-line border-t pt-4">
          <h2 className="mb-2 font-semibold">Decisions</h2>
          <ul className="grid gap-3">
            {activity.decisions.map((decision) => (
              <li key={decision.id}>
                <p className="font-medium">
                  {decisionLabels[decision.kind]}{' '}
                  <span className="font-normal text-muted">version {decision.versionNumber}</span>
                </p>
                {decision.notes ? <p className="text-muted [overflow-wrap:anywhere]">{decision.notes}</p> : null}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </Card>
  )
}

function Actions({ activity }: { activity: ActivityView }) {
  const client = useQueryClient()
  const { may } = useSession()
  const options = {
    onError: (error: Error) => toast.error(messageOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['activity', activity.id] }),
  }
  const retry = useMutation({ mutationFn: () => postRetry(activity.id), ...options })
  const cancel = useMutation({ mutationFn: () => postCancel(activity.id), ...options })
  if (!may('activity:create')) return null
  if (activity.state === 'GENERATION_FAILED')
    return (
      <Button kind="primary" onClick={() => retry.mutate()} disabled={retry.isPending}>
        Try again
      </Button>
    )
  if (isWriting(activity) || activity.state === 'PENDING_REVIEW')
    return (
      <Button onClick={() => cancel.mutate()} disabled={cancel.isPending}>
        Cancel
      </Button>
    )
  return null
}

/** One piece of content from its brief to its decision. */
export function ActivityScreen({ activityId }: { activityId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['activity', activityId],
    queryFn: ({ signal }) => readActivity(activityId, signal),
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-96 rounded-2xl" />
  return (
    <>
      <PageHeader title={data.title} actions={<Actions activity={data} />}>
        <Badge tone={stateTones[data.state]} data-testid="activity-state">
          {stateLabels[data.state]}
        </Badge>
      </PageHeader>
      <div className="grid items-start gap-5 lg:grid-cols-[1fr_20rem]">
        <div className="grid min-w-0 gap-5">
          {isWriting(data) ? <WriterProgress activity={data} /> : null}
          {data.state === 'GENERATION_FAILED' ? (
            <Alert>The writer could not finish this draft. Try again.</Alert>
          ) : null}
          <Draft activity={data} />
        </div>
        <Brief activity={data} />
      </div>
    </>
  )
}
