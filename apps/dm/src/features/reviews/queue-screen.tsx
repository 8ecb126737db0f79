'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { QueueItem } from '@throughline/contracts'
import {
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  formatAge,
  formatNumber,
  Kbd,
  messageOf,
  PageHeader,
  Stat,
  toast,
  useHotkeys,
} from '@throughline/ui'
import { useRouter } from 'next/navigation'
import { postNext, readQueue, readStatistics } from './reviews.api.ts'

const columns: Column<QueueItem>[] = [
  { header: 'Firm', cell: (item) => <Badge tone="accent">{item.tenant.name}</Badge> },
  { header: 'Title', cell: (item) => <span className="font-medium">{item.title}</span>, className: 'min-w-56' },
  { header: 'Version', cell: (item) => item.currentVersion, numeric: true, wide: true },
  {
    header: 'Waiting since',
    cell: (item) => (item.submittedAt ? formatAge(item.submittedAt) : '–'),
    className: 'whitespace-nowrap text-muted',
  },
  { header: 'Held by', cell: (item) => item.claimedBy?.name ?? <span className="text-muted">nobody</span> },
]

/** What waits, oldest first. Drafts are handed out, not picked. */
export function QueueScreen() {
  const router = useRouter()
  const { data, error, refetch } = useQuery({
    queryKey: ['queue'],
    queryFn: ({ signal }) => readQueue(signal),
    refetchInterval: 30_000,
  })
  const { data: figures } = useQuery({
    queryKey: ['queue-statistics'],
    queryFn: ({ signal }) => readStatistics(signal),
  })
  const { mutate: claim, isPending } = useMutation({
    mutationFn: postNext,
    onSuccess: ({ review }) => {
      if (review) router.push(`/reviews/${review.id}`)
      else toast('All caught up', { description: 'Nothing waits for a review right now.' })
    },
    onError: (refusal) => toast.error(messageOf(refusal)),
  })
  useHotkeys([{ key: 'n', label: 'Claim next', run: () => claim(), enabled: !isPending }])
  return (
    <>
      <PageHeader
        title="Review queue"
        actions={
          <Button kind="primary" onClick={() => claim()} disabled={isPending} aria-keyshortcuts="n">
            Claim next <Kbd>n</Kbd>
          </Button>
        }
      >
        The next draft is yours for five minutes, and for as long as you have it open.
      </PageHeader>
      <dl className="mb-6 grid grid-cols-3 gap-3 lg:max-w-xl">
        <Stat label="Waiting" value={figures ? formatNumber(figures.waiting) : '–'} />
        <Stat label="In review" value={figures ? formatNumber(figures.inReview) : '–'} />
        <Stat label="Decided today" value={figures ? formatNumber(figures.decidedToday) : '–'} />
      </dl>
      <DataTable
        label="Queue"
        columns={columns}
        rows={data?.data}
        keyOf={(item) => item.id}
        error={error}
        onRetry={() => void refetch()}
        empty={<EmptyState title="All caught up">New drafts appear here by themselves.</EmptyState>}
        card={(item) => (
          <div className="grid gap-1.5">
            <span className="font-medium">{item.title}</span>
            <span className="flex flex-wrap items-center gap-2 text-muted text-sm">
              <Badge tone="accent">{item.tenant.name}</Badge>
              {item.submittedAt ? formatAge(item.submittedAt) : ''}
              {item.claimedBy ? ` · held by ${item.claimedBy.name}` : ''}
            </span>
          </div>
        )}
      />
    </>
  )
}
