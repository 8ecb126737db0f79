'use client'
import type { AuditEntryView } from '@throughline/contracts'
import { Badge, Button, type Column, EmptyState, formatInstant, NoResults, PageHeader } from '@throughline/ui'
import { useState } from 'react'
import { PagedTable, usePages } from '../paged-table.tsx'
import { useAddress } from '../use-address.ts'
import { readAudit } from './audit.api.ts'
import { AuditEntrySheet } from './audit-entry-sheet.tsx'
import { type AuditFilter, filterNames } from './audit-filter.ts'
import { AuditFilters } from './audit-filters.tsx'
import { aboutOf, actorOf, firmOf, readable } from './audit-words.ts'
import { ExportButton } from './export-button.tsx'
import { useKnown } from './known.ts'

const Who = ({ entry }: { entry: AuditEntryView }) =>
  entry.impersonatorName ? (
    <span>
      {entry.impersonatorName} <span className="text-muted">as</span> {actorOf(entry)}{' '}
      <Badge tone="warn">Impersonated</Badge>
    </span>
  ) : (
    actorOf(entry)
  )

const Action = ({ entry, onOpen }: { entry: AuditEntryView; onOpen(entry: AuditEntryView): void }) => (
  <button type="button" onClick={() => onOpen(entry)} className="text-left font-medium hover:underline">
    {readable(entry.action)}
  </button>
)

const columnsFor = (
  onOpen: (entry: AuditEntryView) => void,
  about: (entry: AuditEntryView) => string,
): Column<AuditEntryView>[] => [
  {
    header: 'When',
    cell: ({ createdAt }) => formatInstant(createdAt),
    className: 'tabular whitespace-nowrap text-muted',
  },
  { header: 'What', cell: (entry) => <Action entry={entry} onOpen={onOpen} />, className: 'min-w-40' },
  { header: 'Who', cell: (entry) => <Who entry={entry} /> },
  { header: 'About', cell: about, className: 'min-w-40' },
  { header: 'Firm', cell: firmOf },
  { header: 'Address', cell: ({ address }) => address ?? '–', wide: true, className: 'tabular text-muted' },
]

const hasFilter = (filter: AuditFilter): boolean => Object.values(filter).some(Boolean)

/** Everything that anybody did, in every firm and on the platform. */
export function AuditScreen() {
  const { get, set } = useAddress()
  const filter = Object.fromEntries(filterNames.map((name) => [name, get(name)])) as AuditFilter
  const [opened, setOpened] = useState<AuditEntryView>()
  const known = useKnown()
  const names = new Map([...known.firms, ...known.people].map(({ id, name }) => [id, name]))
  const about = (entry: AuditEntryView) => aboutOf(entry, names)
  const pages = usePages({
    queryKey: ['audit', ...Object.values(filter)],
    read: (cursor, signal) => readAudit(filter, cursor, signal),
    audited: true,
  })
  return (
    <>
      <PageHeader
        title="Audit"
        actions={
          <>
            <ExportButton filter={filter} />
            <Button onClick={() => void pages.refetch()}>Read again</Button>
          </>
        }
      >
        Who did what, in every firm. Reading the log of one firm is written down as well.
      </PageHeader>
      <AuditFilters filter={filter} entries={pages.rows ?? []} known={known} set={set} />
      <PagedTable
        label="Audit log"
        pages={pages}
        columns={columnsFor(setOpened, about)}
        keyOf={({ tenantId, seq }) => `${tenantId}:${seq}`}
        empty={
          hasFilter(filter) ? (
            <NoResults title="No entries match">Action and kind are exact names, like deal.moved and deal.</NoResults>
          ) : (
            <EmptyState title="Nothing yet">Each act of a person or a machine stands here.</EmptyState>
          )
        }
        card={(entry) => (
          <div className="grid gap-1">
            <Action entry={entry} onOpen={setOpened} />
            <div className="text-sm">
              <Who entry={entry} />
            </div>
            <div className="text-muted text-sm">{about(entry)}</div>
            <div className="text-muted text-sm">
              {firmOf(entry)} · {formatInstant(entry.createdAt)}
            </div>
          </div>
        )}
      />
      <AuditEntrySheet
        entry={opened}
        onClose={() => setOpened(undefined)}
        onFilter={(next) => {
          setOpened(undefined)
          set(next)
        }}
      />
    </>
  )
}
