'use client'
import { useQuery } from '@tanstack/react-query'
import type { QueueCounts } from '@throughline/contracts'
import { Badge, Button, type Column, DataTable, EmptyState, formatNumber, PageHeader } from '@throughline/ui'
import { ExternalLink } from 'lucide-react'
import { readQueues, refreshMs } from '../console.api.ts'

type Queue = QueueCounts['queues'][number]

const columns: Column<Queue>[] = [
  { header: 'Queue', cell: (queue) => <span className="font-mono text-xs">{queue.name}</span> },
  { header: 'Profile', cell: (queue) => <Badge>{queue.profile}</Badge> },
  {
    header: 'Workers',
    cell: (queue) => <Badge tone={queue.workers > 0 ? 'good' : 'bad'}>{formatNumber(queue.workers)}</Badge>,
    numeric: true,
  },
  { header: 'Waiting', cell: (queue) => formatNumber(queue.waiting), numeric: true },
  { header: 'Running', cell: (queue) => formatNumber(queue.active), numeric: true },
  { header: 'Delayed', cell: (queue) => formatNumber(queue.delayed), numeric: true },
  { header: 'Failed', cell: (queue) => formatNumber(queue.failed), numeric: true },
]

export function QueuesScreen() {
  const { data, error, refetch } = useQuery({
    queryKey: ['queues'],
    queryFn: ({ signal }) => readQueues(signal),
    refetchInterval: refreshMs,
  })
  return (
    <>
      <PageHeader
        title="Queues"
        actions={
          <Button asChild>
            <a href="/api/admin/v1/queues/ui/" target="_blank" rel="noreferrer">
              Open queue console <ExternalLink aria-hidden />
            </a>
          </Button>
        }
      >
        What waits and runs in Redis at this moment.
      </PageHeader>
      <DataTable
        label="Queues"
        columns={columns}
        rows={data?.queues}
        keyOf={({ name }) => name}
        error={error}
        onRetry={() => void refetch()}
        empty={<EmptyState title="No queues" />}
      />
    </>
  )
}
