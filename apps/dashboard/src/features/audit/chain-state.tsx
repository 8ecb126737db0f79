'use client'
import { useQuery } from '@tanstack/react-query'
import type { AuditVerification } from '@throughline/contracts'
import { Alert, Badge, Button, formatNumber, formatTime, messageOf, Skeleton } from '@throughline/ui'
import { RefreshCw, ShieldCheck } from 'lucide-react'
import { readVerification } from './audit.api.ts'

/** The whole chain is read each time, so it is not read again for every visit. */
const freshMs = 5 * 60_000

const count = (number: number, one: string, many: string) => `${formatNumber(number)} ${number === 1 ? one : many}`

function Verdict({ verification, checkedAt }: { verification: AuditVerification; checkedAt: string }) {
  const { intact, entries, checkedSeals, broken } = verification
  if (intact)
    return (
      <>
        <Badge tone="good" className="py-1">
          <ShieldCheck aria-hidden className="size-3.5" />
          Chain intact, {count(entries, 'entry', 'entries')}, {count(checkedSeals, 'seal', 'seals')}
        </Badge>
        <span className="text-muted text-xs">checked at {checkedAt}</span>
      </>
    )
  return (
    <Alert className="basis-full">
      <strong>The chain of this log is broken at entry {broken?.seq ?? '?'}</strong>
      {broken ? `: ${broken.reason}. ` : '. '}
      Somebody may have changed the log outside of the platform; do not rely on it from there on. Tell Throughline
      support, and keep an export. Checked at {checkedAt}.
    </Alert>
  )
}

/** Whether nobody has touched the log: every entry follows the one before it, and fits what was sealed. */
export function ChainState() {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useQuery({
    queryKey: ['audit-verification'],
    queryFn: ({ signal }) => readVerification(signal),
    staleTime: freshMs,
  })
  return (
    <div className="flex flex-wrap items-center gap-2" aria-live="polite">
      {error ? <Alert className="basis-full">The chain could not be checked: {messageOf(error)}</Alert> : null}
      {!data && !error ? <Skeleton className="h-6 w-60" /> : null}
      {data ? <Verdict verification={data} checkedAt={formatTime(new Date(dataUpdatedAt).toISOString())} /> : null}
      <Button kind="ghost" size="sm" disabled={isFetching} onClick={() => void refetch()}>
        <RefreshCw aria-hidden /> Check again
      </Button>
    </div>
  )
}
