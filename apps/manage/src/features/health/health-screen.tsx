'use client'
import { useQuery } from '@tanstack/react-query'
import type { PlatformHealth } from '@throughline/contracts'
import { Badge, type Column, DataTable, EmptyState, formatTime, PageHeader, type Tone } from '@throughline/ui'
import { readHealth, refreshMs } from '../console.api.ts'

type Part = PlatformHealth['parts'][number]

const labels: Record<Part['status'], { text: string; tone: Tone }> = {
  up: { text: 'Up', tone: 'good' },
  down: { text: 'Down', tone: 'bad' },
  late: { text: 'Late', tone: 'warn' },
}

const columns: Column<Part>[] = [
  { header: 'Part', cell: (part) => <span className="font-medium">{part.name}</span> },
  { header: 'State', cell: (part) => <Badge tone={labels[part.status].tone}>{labels[part.status].text}</Badge> },
  { header: 'Detail', cell: (part) => part.detail, className: 'text-muted' },
  { header: 'Asked at', cell: (part) => formatTime(part.checkedAt), wide: true, className: 'text-muted' },
]

export function HealthScreen() {
  const { data, error, refetch } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => readHealth(signal),
    refetchInterval: refreshMs,
  })
  return (
    <>
      <PageHeader title="Health">Each part answers for itself, every five seconds.</PageHeader>
      <DataTable
        label="Health"
        columns={columns}
        rows={data?.parts}
        keyOf={({ name }) => name}
        error={error}
        onRetry={() => void refetch()}
        empty={<EmptyState title="Nothing is known" />}
      />
    </>
  )
}
