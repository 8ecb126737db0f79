'use client'
import type { FundView, ReconciliationBreakView } from '@throughline/contracts'
import {
  Badge,
  Button,
  Card,
  EmptyState,
  ErrorState,
  Field,
  NoResults,
  Select,
  Skeleton,
  useSession,
} from '@throughline/ui'
import { useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { readBreaks } from './reconciliation.api.ts'
import { comparisonWords } from './reconciliation-words.ts'
import { RepairDialog } from './repair-dialog.tsx'

const ageOf = ({ ageDays, firstSeenOn }: ReconciliationBreakView): string =>
  ageDays === 0 ? `since ${firstSeenOn}` : `for ${ageDays} ${ageDays === 1 ? 'day' : 'days'}, since ${firstSeenOn}`

function Break({ found, onAssign, onRepair }: { found: ReconciliationBreakView; onAssign(): void; onRepair(): void }) {
  const { may } = useSession()
  const isOpen = found.resolvedAt === null
  return (
    <li className="grid gap-2 p-4">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="min-w-0 break-words font-medium">{found.label}</span>
        <Badge tone={isOpen ? 'bad' : 'good'}>{isOpen ? comparisonWords[found.comparison] : 'Resolved'}</Badge>
        <span className="text-muted text-sm">{ageOf(found)}</span>
      </div>
      <dl className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-3">
        <div>
          <dt className="text-muted">Expected</dt>
          <dd className="tabular break-words">{found.expected}</dd>
        </div>
        <div>
          <dt className="text-muted">Found</dt>
          <dd className="tabular break-words">{found.found}</dd>
        </div>
        <div>
          <dt className="text-muted">Looked after by</dt>
          <dd>{found.owner?.name ?? 'nobody yet'}</dd>
        </div>
      </dl>
      {found.note ? <p className="text-sm">{found.note}</p> : null}
      {isOpen ? (
        <div className="flex flex-wrap gap-2">
          {may('fund:update') ? (
            <Button onClick={onAssign} aria-label={`Assign ${found.label}`}>
              Assign
            </Button>
          ) : null}
          {found.repair && may('reconciliation:repair') ? (
            <Button onClick={onRepair} aria-label={`Repair ${found.label}`}>
              Repair
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  )
}

/** What does not agree: for how long, and who looks after it. */
export function BreaksSection({ fund }: { fund: FundView }) {
  const fundId = fund.id
  const [state, setState] = useState<'open' | 'resolved'>('open')
  const [dialog, setDialog] = useState<{ what: 'assign' | 'repair'; found: ReconciliationBreakView }>()
  const query = useRecordPages('fund', { fundId, breaks: state }, (cursor, signal) =>
    readBreaks(fundId, { state, cursor }, signal),
  )
  const close = () => setDialog(undefined)
  return (
    <section aria-label="Breaks" className="grid gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <h2 className="font-semibold text-lg tracking-tight">Breaks</h2>
        <Field label="Show breaks" className="w-44">
          {(ids) => (
            <Select
              {...ids}
              value={state}
              onChange={({ target }) => setState(target.value === 'resolved' ? 'resolved' : 'open')}
            >
              <option value="open">Open</option>
              <option value="resolved">Resolved</option>
            </Select>
          )}
        </Field>
      </div>
      <Card className="overflow-hidden">
        {query.error && !query.rows ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : !query.rows ? (
          <div className="p-4">
            <Skeleton className="h-24" />
          </div>
        ) : query.rows.length === 0 ? (
          state === 'open' ? (
            <EmptyState title="Nothing is out of step">What does not agree is named here, until it does.</EmptyState>
          ) : (
            <NoResults title="No break was resolved yet" />
          )
        ) : (
          <ul className="divide-y divide-line">
            {query.rows.map((found) => (
              <Break
                key={found.id}
                found={found}
                onAssign={() => setDialog({ what: 'assign', found })}
                onRepair={() => setDialog({ what: 'repair', found })}
              />
            ))}
          </ul>
        )}
        {query.hasNextPage ? (
          <div className="border-line border-t p-2 text-center">
            <LoadMore query={query} />
          </div>
        ) : null}
      </Card>
      {dialog?.what === 'assign' ? <AssignDialog found={dialog.found} onClose={close} /> : null}
      {dialog?.what === 'repair' ? <RepairDialog found={dialog.found} fundName={fund.name} onClose={close} /> : null}
    </section>
  )
}
