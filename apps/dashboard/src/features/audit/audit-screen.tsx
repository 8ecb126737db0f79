'use client'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
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
import { useMemo, useState } from 'react'
import { readMembers } from '../members/members.api.ts'
import { ForRole } from '../settings/settings-frame.tsx'
import { readAudit } from './audit.api.ts'
import { AuditFilters } from './audit-filters.tsx'
import { actorOf, nameOf, phraseOf } from './audit-words.ts'
import { ChainState } from './chain-state.tsx'
import { EntrySheet } from './entry-sheet.tsx'
import { ExportButton } from './export-button.tsx'
import { useAuditFilter } from './use-audit-filter.ts'

type Names = ReadonlyMap<string, string>
type Open = (entry: AuditEntryView) => void

/** Members by their id: an entry about one does not say the name. */
function useNames(): Names {
  const { data } = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => readMembers(signal) })
  return useMemo(() => new Map(data?.data.map(({ id, name }) => [id, name])), [data])
}

function Sentence({ entry, names, onOpen }: { entry: AuditEntryView; names: Names; onOpen: Open }) {
  const name = nameOf(entry, names)
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

const columnsFor = (timeZone: string | undefined, names: Names, onOpen: Open): Column<AuditEntryView>[] => [
  {
    header: 'When',
    cell: ({ createdAt }) => formatInstant(createdAt, timeZone),
    className: 'w-48 whitespace-nowrap text-muted',
  },
  { header: 'What', cell: (entry) => <Sentence entry={entry} names={names} onOpen={onOpen} />, className: 'min-w-64' },
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
  const names = useNames()
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
        columns={columnsFor(timeZone, names, setOpened)}
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
            <Sentence entry={entry} names={names} onOpen={setOpened} />
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
      {opened ? (
        <EntrySheet
          entry={opened}
          name={nameOf(opened, names)}
          timeZone={timeZone}
          onClose={() => setOpened(undefined)}
        />
      ) : null}
    </section>
  )
}

/** What was done in the firm, by whom. */
export const AuditScreen = () => (
  <ForRole needs="audit:read">
    <AuditLog />
  </ForRole>
)
