'use client'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { DecidedView } from '@throughline/contracts'
import { Badge, Button, type Column, DataTable, EmptyState, formatAge, PageHeader, type Tone } from '@throughline/ui'
import { readHistory } from './reviews.api.ts'

const labels: Record<DecidedView['kind'], { text: string; tone: Tone }> = {
  APPROVE: { text: 'Approved', tone: 'good' },
  REJECT: { text: 'Rejected', tone: 'bad' },
  REQUEST_REVISION: { text: 'Sent back', tone: 'warn' },
}
const Kind = ({ kind }: Pick<DecidedView, 'kind'>) => <Badge tone={labels[kind].tone}>{labels[kind].text}</Badge>

const columns: Column<DecidedView>[] = [
  { header: 'Firm', cell: (each) => <Badge tone="accent">{each.tenant.name}</Badge> },
  { header: 'Title', cell: (each) => <span className="font-medium">{each.title}</span>, className: 'min-w-48' },
  { header: 'Version', cell: (each) => each.versionNumber, numeric: true, wide: true },
  { header: 'Decision', cell: (each) => <Kind kind={each.kind} /> },
  { header: 'Words', cell: (each) => each.notes ?? '–', wide: true, className: 'max-w-80 text-muted' },
  { header: 'When', cell: (each) => formatAge(each.createdAt), className: 'whitespace-nowrap text-muted' },
]

/** What this reviewer has decided. */
export function HistoryScreen() {
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['history'],
    queryFn: ({ pageParam, signal }) => readHistory(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
  })
  return (
    <>
      <PageHeader title="History">Your decisions, newest first.</PageHeader>
      <DataTable
        label="History"
        columns={columns}
        rows={data?.pages.flatMap((page) => page.data)}
        keyOf={(each) => `${each.activityId}-${each.versionNumber}`}
        error={error}
        onRetry={() => void refetch()}
        empty={<EmptyState title="No decisions yet">What you decide is kept here, with your words.</EmptyState>}
        card={(each) => (
          <div className="grid gap-1.5">
            <span className="font-medium">{each.title}</span>
            <span className="flex flex-wrap items-center gap-2 text-muted text-sm">
              <Kind kind={each.kind} /> {each.tenant.name} · {formatAge(each.createdAt)}
            </span>
          </div>
        )}
        footer={
          hasNextPage ? (
            <Button kind="ghost" onClick={() => void fetchNextPage()}>
              Load more
            </Button>
          ) : undefined
        }
      />
    </>
  )
}
