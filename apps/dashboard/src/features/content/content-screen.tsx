'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type ActivitySummary, activityStates } from '@throughline/contracts'
import {
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  formatAge,
  NoResults,
  PageHeader,
  Select,
  useSession,
} from '@throughline/ui'
import { PenLine } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { stateLabels, stateTones } from './activity-labels.ts'
import { readActivities } from './content.api.ts'
import { NewPostDialog } from './new-post-dialog.tsx'

const columns: Column<ActivitySummary>[] = [
  {
    header: 'Title',
    cell: (activity) => (
      <Link href={`/content/${activity.id}`} className="font-medium hover:underline">
        {activity.title}
      </Link>
    ),
    className: 'min-w-56',
  },
  {
    header: 'State',
    cell: (activity) => <Badge tone={stateTones[activity.state]}>{stateLabels[activity.state]}</Badge>,
  },
  { header: 'Audience', cell: (activity) => activity.audience, wide: true },
  { header: 'Version', cell: (activity) => activity.currentVersion || '–', numeric: true },
  { header: 'Changed', cell: (activity) => formatAge(activity.updatedAt), className: 'whitespace-nowrap text-muted' },
]

/** What agents write for the firm, and where each piece stands. */
export function ContentScreen() {
  const { may } = useSession()
  const [state, setState] = useState('')
  const [asking, setAsking] = useState(false)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['activities', state],
    queryFn: ({ pageParam, signal }) => readActivities(state, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
  })
  const ask = may('activity:create') ? (
    <Button kind="primary" onClick={() => setAsking(true)}>
      <PenLine aria-hidden /> New blog post
    </Button>
  ) : undefined
  return (
    <>
      <PageHeader title="Content" actions={ask}>
        Agents write, reviewers decide.
      </PageHeader>
      <search className="mb-4 block max-w-56">
        <Field label="State">
          {(ids) => (
            <Select {...ids} value={state} onChange={(event) => setState(event.target.value)}>
              <option value="">All</option>
              {activityStates.map((each) => (
                <option key={each} value={each}>
                  {stateLabels[each]}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </search>
      <DataTable
        label="Content"
        columns={columns}
        rows={data?.pages.flatMap((page) => page.data)}
        keyOf={(activity) => activity.id}
        error={error}
        onRetry={() => void refetch()}
        empty={
          state ? (
            <NoResults title="Nothing in this state" action={<Button onClick={() => setState('')}>Show all</Button>} />
          ) : (
            <EmptyState title="Nothing was written yet">
              Ask for a blog post: topic, audience and a few keywords are enough.
            </EmptyState>
          )
        }
        card={(activity) => (
          <div className="grid gap-1.5">
            <Link href={`/content/${activity.id}`} className="font-medium">
              {activity.title}
            </Link>
            <div className="flex items-center gap-2 text-muted text-sm">
              <Badge tone={stateTones[activity.state]}>{stateLabels[activity.state]}</Badge>
              {formatAge(activity.updatedAt)}
            </div>
          </div>
        )}
        footer={
          hasNextPage ? (
            <Button kind="ghost" onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
              Load more
            </Button>
          ) : undefined
        }
      />
      <NewPostDialog open={asking} onOpenChange={setAsking} />
    </>
  )
}
