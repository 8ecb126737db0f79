'use client'
import { type DuplicatePair, mergeKinds } from '@throughline/contracts'
import { Badge, Button, Card, EmptyState, ErrorState, formatAge, PageHeader, Skeleton } from '@throughline/ui'
import Link from 'next/link'
import { useEffect, useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordFilter } from '../records/use-record-filter.ts'
import { useRecordPages } from '../records/use-record-pages.ts'
import { ForRole } from '../settings/settings-frame.tsx'
import { kindLabels, reasonOf } from './duplicate-words.ts'
import { readDuplicates } from './duplicates.api.ts'
import { MergeDialog } from './merge-dialog.tsx'

type Summary = DuplicatePair['newer']

const Side = ({ record }: { record: Summary }) => (
  <div className="min-w-0 [overflow-wrap:anywhere]">
    <p className="font-medium">{record.name}</p>
    <p className="text-muted text-sm">{[record.detail, record.company, record.owner].filter(Boolean).join(' · ')}</p>
    <p className="text-muted text-xs">created {formatAge(record.createdAt)}</p>
  </div>
)

function Pair({ pair, onMerge }: { pair: DuplicatePair; onMerge(): void }) {
  const { newer, older } = pair
  return (
    <li className="grid gap-3 p-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] sm:items-center">
      <Side record={older} />
      <Side record={newer} />
      <div className="flex flex-wrap items-center gap-3">
        <Badge tone={pair.likeness === 1 ? 'warn' : 'neutral'}>{reasonOf(pair)}</Badge>
        <Button size="sm" onClick={onMerge}>
          Compare{' '}
          <span className="sr-only">
            {older.name} and {newer.name}
          </span>
        </Button>
      </div>
    </li>
  )
}

function Pairs({ kind }: { kind: (typeof mergeKinds)[number] }) {
  const [open, setOpen] = useState<DuplicatePair>()
  const query = useRecordPages('duplicates', { kind }, (cursor, signal) => readDuplicates(kind, cursor, signal))
  const { rows, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query
  // A page looks through a part of the records: go on until there is something to show.
  const searching = rows?.length === 0 && hasNextPage
  useEffect(() => {
    if (searching && !isFetchingNextPage) void fetchNextPage()
  }, [searching, isFetchingNextPage, fetchNextPage])
  if (error) return <ErrorState error={error} onRetry={() => void query.refetch()} />
  if (!rows || searching) return <Skeleton className="m-4 h-40" />
  return (
    <>
      {rows.length === 0 ? (
        <EmptyState title="No duplicates found">Names, e-mails and titles were compared. All are different.</EmptyState>
      ) : (
        <ul aria-label="Pairs that may be one" className="divide-y divide-line">
          {rows.map((pair) => (
            <Pair key={`${pair.newer.id}-${pair.older.id}`} pair={pair} onMerge={() => setOpen(pair)} />
          ))}
        </ul>
      )}
      {hasNextPage ? (
        <div className="border-line border-t p-2 text-center">
          <LoadMore query={query} />
        </div>
      ) : null}
      {open ? <MergeDialog kind={kind} pair={open} onClose={() => setOpen(undefined)} /> : null}
    </>
  )
}

/** Records that are there twice, to be made one. */
export function DuplicatesScreen() {
  const { get, hrefWith } = useRecordFilter()
  const kind = mergeKinds.find((known) => known === get('kind')) ?? 'company'
  return (
    <>
      <PageHeader title="Duplicates">What looks like the same, side by side. Nothing is merged by itself.</PageHeader>
      <ForRole needs="record:merge">
        <nav aria-label="Kind of records" className="mb-4 flex flex-wrap gap-2">
          {mergeKinds.map((each) => (
            <Button key={each} asChild kind={each === kind ? 'primary' : 'secondary'} size="sm">
              <Link href={hrefWith({ kind: each })} aria-current={each === kind ? 'page' : undefined}>
                {kindLabels[each]}
              </Link>
            </Button>
          ))}
        </nav>
        <Card className="overflow-hidden">
          <Pairs key={kind} kind={kind} />
        </Card>
      </ForRole>
    </>
  )
}
