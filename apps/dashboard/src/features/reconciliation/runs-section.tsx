'use client'
import type { ReconciliationRunView } from '@throughline/contracts'
import { Badge, Button, Card, EmptyState, ErrorState, formatAge, formatNumber, Skeleton } from '@throughline/ui'
import { useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { readRuns } from './reconciliation.api.ts'
import { comparisonWords, runStates } from './reconciliation-words.ts'

const RunState = ({ state }: Pick<ReconciliationRunView, 'state'>) => (
  <Badge tone={runStates[state].tone}>{runStates[state].label}</Badge>
)

function Checks({ run }: { run: ReconciliationRunView }) {
  return (
    <ul aria-label={`What was compared on ${run.asOf}`} className="grid gap-x-8 gap-y-1 text-sm sm:grid-cols-2">
      {run.checks.map(({ comparison, basis, compared, breaks }) => (
        <li key={comparison} className="flex items-baseline justify-between gap-3 border-line border-b py-1">
          <span>{comparisonWords[comparison]}</span>
          <span className={breaks > 0 ? 'tabular font-medium text-bad' : 'tabular text-muted'}>
            {basis === 'not_compared'
              ? 'known of today only'
              : breaks > 0
                ? `${formatNumber(breaks)} of ${formatNumber(compared)}`
                : formatNumber(compared)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Run({ run, isFirst }: { run: ReconciliationRunView; isFirst: boolean }) {
  const [open, setOpen] = useState(isFirst)
  const shown = open && run.checks.length > 0
  return (
    <li className="grid gap-3 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="tabular font-medium">{run.asOf}</span>
        <RunState state={run.state} />
        <span className="text-muted text-sm">
          {run.nightly ? 'By night' : 'Asked for'}, {formatAge(run.startedAt)}
        </span>
        {run.checks.length > 0 ? (
          <Button kind="ghost" className="ml-auto" aria-expanded={shown} onClick={() => setOpen(!open)}>
            {shown ? 'Hide' : 'Show'} what was compared on {run.asOf}
          </Button>
        ) : null}
      </div>
      {run.error ? <p className="text-sm">{run.error}</p> : null}
      {shown ? <Checks run={run} /> : null}
    </li>
  )
}

/** The reports, the latest first; a night without a break has one as well. */
export function RunsSection({ fundId }: { fundId: string }) {
  const query = useRecordPages('fund', { fundId, list: 'reconciliations' }, (cursor, signal) =>
    readRuns(fundId, cursor, signal),
  )
  return (
    <section aria-label="Reports" className="grid gap-3">
      <h2 className="font-semibold text-lg tracking-tight">Reports</h2>
      <Card className="overflow-hidden">
        {query.error && !query.rows ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : !query.rows ? (
          <div className="p-4">
            <Skeleton className="h-24" />
          </div>
        ) : query.rows.length === 0 ? (
          <EmptyState title="Nothing was compared yet">
            The first report comes with the next night, or when you ask for it.
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {query.rows.map((run, index) => (
              <Run key={run.id} run={run} isFirst={index === 0} />
            ))}
          </ul>
        )}
        {query.hasNextPage ? (
          <div className="border-line border-t p-2 text-center">
            <LoadMore query={query} />
          </div>
        ) : null}
      </Card>
    </section>
  )
}
