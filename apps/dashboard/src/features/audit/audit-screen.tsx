'use client'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { AuditEntryView } from '@throughline/contracts'
import {
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  formatInstant,
  NoResults,
  useSession,
} from '@throughline/ui'
import { useState } from 'react'
import { ForRole } from '../settings/settings-frame.tsx'
import { readAudit } from './audit.api.ts'
import { AuditFilters } from './audit-filters.tsx'
import { actorOf, nameOf, phraseOf } from './audit-words.ts'
import { ChainState } from './chain-state.tsx'
import { EntrySheet } from './entry-sheet.tsx'
import { ExportButton } from './export-button.tsx'
import { useAuditFilter } from './use-audit-filter.ts'

type Open = (entry: AuditEntryView) => void

function Sentence({ entry, onOpen }: { entry: AuditEntryView; onOpen: Open }) {
  const name = nameOf(entry)
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <button type="button" className="text-left hover:underline" onClick={() => onOpen(entry)}>
        <span className="font-medium">{actorOf(entry)}</span> {phraseOf(entry.action)}
        {name ? <span className="text-muted [overflow-wrap:anywhere]"> {name}</span> : null}
      </button>
      {entry.impersonatorName ? <Badge tone="warn">by {entry.impersonatorName}</Badge> : null}
    </span>
  )
}

const columnsFor = (timeZone: string | undefined, onOpen: Open): Column<AuditEntryView>[] => [
  {
    header: 'When',
    cell: ({ createdAt }) => formatInstant(createdAt, timeZone),
    className: 'w-48 whitespace-nowrap text-muted',
  },
  { header: 'What', cell: (entry) => <Sentence entry={entry} onOpen={onOpen} />, className: 'min-w-64' },
  {
    header: 'Address',
    cell: ({ address }) => <span className="font-mono text-xs">{address ?? '–'}</span>,
    wide: true,
    className: 'text-muted',
  },
  {
    header: 'Entry',
    cell: ({ seq }) => seq,
    wide: true,
    numeric: true,
    className: 'text-muted',
  },
]

function AuditLog() {
  const { user } = useSession()
  const timeZone = user?.tenant?.timezone
  const { choices, filter, set, clear } = useAuditFilter()
  const [opened, setOpened] = useState<AuditEntryView>()
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam, signal }) => readAudit(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ page }) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  return (
    <section className="grid gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="font-semibold">Audit log</h2>
          <p className="mt-0.5 text-muted text-sm">Every change in the firm, and who made it. Nobody can edit it.</p>
        </div>
        <ExportButton filter={filter} />
      </div>
      <ChainState />
      <AuditFilters choices={choices} set={set} />
      <DataTable
        label="Audit log"
        columns={columnsFor(timeZone, setOpened)}
        rows={data?.pages.flatMap((page) => page.data)}
        keyOf={({ seq }) => seq}
        error={error}
        onRetry={() => void refetch()}
        empty={
          Object.keys(filter).length > 0 ? (
            <NoResults title="No entry matches" action={<Button onClick={clear}>Clear filters</Button>} />
          ) : (
            <EmptyState title="Nothing was done yet">The first change in the firm is the first entry.</EmptyState>
          )
        }
        card={(entry) => (
          <div className="grid gap-1 text-sm">
            <Sentence entry={entry} onOpen={setOpened} />
            <span className="text-muted text-xs">{formatInstant(entry.createdAt, timeZone)}</span>
          </div>
        )}
        footer={
          hasNextPage ? (
            <Button kind="ghost" onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
              {isFetchingNextPage ? 'Loading…' : 'Load more'}
            </Button>
          ) : undefined
        }
      />
      <EntrySheet entry={opened} timeZone={timeZone} onClose={() => setOpened(undefined)} />
    </section>
  )
}

/** What was done in the firm, by whom. */
export const AuditScreen = () => (
  <ForRole needs="audit:read">
    <AuditLog />
  </ForRole>
)
