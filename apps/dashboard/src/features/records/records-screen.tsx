'use client'
import type { Page, RequestExport } from '@throughline/contracts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  formatAge,
  NoResults,
  PageHeader,
  useSession,
} from '@throughline/ui'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { ExportButton } from '../exports/export-button.tsx'
import { LoadMore } from './load-more.tsx'
import { Tags } from './record-parts.tsx'
import { kindOf, type Records } from './records.api.ts'
import { TrashActions } from './trash-actions.tsx'
import { useCreating } from './use-creating.ts'
import type { RecordAddress, RecordFilter } from './use-record-filter.ts'
import { useRecordPages } from './use-record-pages.ts'
import type { NamedRecord } from './use-trash.ts'

export interface ListedRecord extends NamedRecord {
  owner: { id: string; name: string } | null
  tags: readonly string[]
  deletedAt: string | null
}

interface RowProps<Row extends ListedRecord> {
  what: Records
  record: Row
  address: RecordAddress
}

/** The way to its sheet; what is in the trash has none. */
export function RecordName({ what, record, address }: RowProps<ListedRecord>) {
  if (record.deletedAt) return <span className="font-medium">{record.name}</span>
  return (
    <Link
      href={address.hrefWith({ [kindOf[what].kind]: record.id })}
      scroll={false}
      className="font-medium hover:underline"
    >
      {record.name}
    </Link>
  )
}

/** A row where there is no room for a table. */
const Card = ({ what, record, address, about }: RowProps<ListedRecord> & { about: string }) => (
  <div className="grid gap-1.5">
    <RecordName what={what} record={record} address={address} />
    <span className="text-muted text-sm [overflow-wrap:anywhere]">{about}</span>
    <Tags tags={record.tags} />
    {record.deletedAt ? (
      <>
        <span className="text-muted text-sm">deleted {formatAge(record.deletedAt)}</span>
        <TrashActions what={what} record={record} />
      </>
    ) : null}
  </div>
)

interface RecordsScreenProps<Row extends ListedRecord, Filter extends RecordFilter> {
  what: Records
  address: RecordAddress
  filter: Filter
  /** Names in the address of the filters that only this list has. */
  ownFilters: readonly string[]
  read(filter: Filter, cursor: string | null, signal: AbortSignal): Promise<Page<Row>>
  toolbar: ReactNode
  columns: readonly Column<Row>[]
  /** The column that only the living have; in the trash there is what can be done with it. */
  lastColumn: Column<Row>
  /** The second line of a card. */
  about(record: Row): string
  /** The list as a file. */
  exported: RequestExport
  sheet: ReactNode
  create(props: { open: boolean; onOpenChange(open: boolean): void }): ReactNode
}

/** A list of companies or of contacts, with what is opened from it. */
export function RecordsScreen<Row extends ListedRecord, Filter extends RecordFilter>(
  props: RecordsScreenProps<Row, Filter>,
) {
  const { what, address, filter, ownFilters, read, toolbar, columns, lastColumn, about, exported, sheet, create } =
    props
  const { kind, plural } = kindOf[what]
  const { may } = useSession()
  const [creating, setCreating] = useCreating(kind)
  const query = useRecordPages(what, filter, (cursor, signal) => read(filter, cursor, signal))
  const trash = filter.deleted === 'true'
  const narrowing = ['owner', 'tag', ...ownFilters]
  const isNarrowed = narrowing.some((name) => address.get(name) !== '')
  const clear = () => address.set(Object.fromEntries(['q', ...narrowing].map((name) => [name, ''])))
  const trashColumn: Column<Row> = { header: 'Deleted', cell: (record) => <TrashActions what={what} record={record} /> }
  return (
    <>
      <PageHeader
        title={plural}
        actions={
          <>
            {may('record:merge') ? (
              <Button asChild>
                <Link href={`/duplicates?kind=${kind}`}>Duplicates</Link>
              </Button>
            ) : null}
            <ExportButton definition={exported} />
            {may(`${kind}:create`) ? (
              <Button kind="primary" onClick={() => setCreating(true)}>
                <Plus aria-hidden /> {`New ${kind}`}
              </Button>
            ) : null}
          </>
        }
      />
      {toolbar}
      <DataTable
        label={plural}
        columns={[...columns, trash ? trashColumn : lastColumn]}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={
          isNarrowed || filter.q ? (
            <NoResults
              title={`No ${plural.toLowerCase()} match`}
              action={<Button onClick={clear}>Clear filters</Button>}
            />
          ) : (
            <EmptyState title={trash ? 'The trash is empty' : `No ${plural.toLowerCase()} yet`}>
              {trash
                ? 'What you delete stays here for 30 days.'
                : 'They come with imported deals, or you write the first one down.'}
            </EmptyState>
          )
        }
        card={(record) => <Card what={what} record={record} address={address} about={about(record)} />}
        footer={query.hasNextPage ? <LoadMore query={query} /> : undefined}
      />
      {sheet}
      {create({ open: creating, onOpenChange: setCreating })}
    </>
  )
}
