'use client'
import { useQuery } from '@tanstack/react-query'
import type { AdminTenantView } from '@throughline/contracts'
import { Badge, Card, formatNumber, PageHeader, Skeleton, Stat } from '@throughline/ui'
import Link from 'next/link'
import { readDeadLetters, readHealth, readQueues, readTenants, refreshMs } from '../console.api.ts'

function Figures() {
  const tenants = useQuery({ queryKey: ['overview-tenants'], queryFn: ({ signal }) => readTenants(null, signal) })
  const dead = useQuery({
    queryKey: ['overview-dead'],
    queryFn: ({ signal }) => readDeadLetters(null, signal),
    refetchInterval: refreshMs,
  })
  const queues = useQuery({
    queryKey: ['queues'],
    queryFn: ({ signal }) => readQueues(signal),
    refetchInterval: refreshMs,
  })
  if (!tenants.data || !dead.data || !queues.data) return <Skeleton className="mb-6 h-24 rounded-2xl" />
  const firms = tenants.data.data
  const sum = (pick: (tenant: AdminTenantView) => number) =>
    formatNumber(firms.reduce((total, each) => total + pick(each), 0))
  const more = tenants.data.page.nextCursor ? 'of the first 50 firms' : undefined
  return (
    <dl className="mb-6 grid grid-cols-2 gap-3 lg:grid-cols-5">
      <Stat label="Firms" value={`${formatNumber(tenants.data.data.length)}${more ? '+' : ''}`} />
      <Stat label="People" value={sum(({ members }) => members)} detail={more} />
      <Stat label="Deals" value={sum(({ deals }) => deals)} detail={more} />
      <Stat
        label="Jobs waiting"
        value={formatNumber(queues.data.queues.reduce((total, { waiting }) => total + waiting, 0))}
      />
      <Stat
        label="Dead letters"
        value={`${formatNumber(dead.data.data.length)}${dead.data.page.nextCursor ? '+' : ''}`}
      />
    </dl>
  )
}

function HealthAtAGlance() {
  const { data } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => readHealth(signal),
    refetchInterval: refreshMs,
  })
  if (!data) return <Skeleton className="h-40 rounded-2xl" />
  const troubled = data.parts.filter(({ status }) => status !== 'up')
  return (
    <Card className="p-5">
      <div className="mb-3 flex items-center justify-between">
        <h2 className="font-semibold">Health</h2>
        <Badge tone={troubled.length === 0 ? 'good' : 'bad'}>
          {troubled.length === 0 ? 'All parts are up' : `${troubled.length} need a look`}
        </Badge>
      </div>
      <ul className="grid gap-2 text-sm sm:grid-cols-2 lg:grid-cols-3">
        {data.parts.map(({ name, status, detail }) => (
          <li key={name} className="flex items-center gap-2.5 rounded-lg bg-sunken/60 px-3 py-2">
            <span
              aria-hidden
              className={`size-2 shrink-0 rounded-full ${status === 'up' ? 'bg-good' : status === 'late' ? 'bg-warn' : 'bg-bad'}`}
            />
            <span className="min-w-0">
              <span className="block truncate font-medium">{name}</span>
              <span className="block truncate text-muted text-xs">{detail}</span>
            </span>
          </li>
        ))}
      </ul>
      <Link href="/health" className="mt-4 inline-block text-accent-ink text-sm underline-offset-4 hover:underline">
        Details
      </Link>
    </Card>
  )
}

/** The platform at a glance. */
export const OverviewScreen = () => (
  <>
    <PageHeader title="Overview">Every firm, every job, every part.</PageHeader>
    <Figures />
    <HealthAtAGlance />
  </>
)
