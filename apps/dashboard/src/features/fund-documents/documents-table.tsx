'use client'
import type { FundDocumentView } from '@throughline/contracts'
import { Badge, type Column, DataTable, formatAge, formatBytes } from '@throughline/ui'
import type { ReactNode } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { aboutOf, kindLabels, receiptOf, stateLabels, stateTones } from './document-labels.ts'
import { type DocumentFilter, readDocuments } from './fund-documents.api.ts'

/** Opens the panel. */
const Name = ({ document, onOpen }: { document: FundDocumentView; onOpen(id: string): void }) => (
  <button
    type="button"
    className="text-left font-medium hover:underline [overflow-wrap:anywhere]"
    onClick={() => onOpen(document.id)}
  >
    {document.investor?.name ?? document.name}
  </button>
)
const State = ({ document: { state } }: { document: FundDocumentView }) => (
  <Badge tone={stateTones[state]}>{stateLabels[state]}</Badge>
)

const columnsOf = (onOpen: (id: string) => void): Column<FundDocumentView>[] => [
  { header: 'Document', cell: (each) => <Name document={each} onOpen={onOpen} />, className: 'min-w-44' },
  { header: 'Kind', cell: ({ kind }) => kindLabels[kind], className: 'whitespace-nowrap' },
  { header: 'About', cell: aboutOf, className: 'min-w-32' },
  { header: 'State', cell: (each) => <State document={each} /> },
  { header: 'Receipt', cell: receiptOf, className: 'whitespace-nowrap' },
  { header: 'Revision', cell: ({ revision }) => revision, numeric: true, wide: true },
  {
    header: 'Size',
    cell: ({ sizeBytes }) => (sizeBytes === null ? '–' : formatBytes(sizeBytes)),
    numeric: true,
    className: 'whitespace-nowrap',
    wide: true,
  },
  {
    header: 'Made',
    cell: ({ createdAt }) => formatAge(createdAt),
    className: 'whitespace-nowrap text-muted',
    wide: true,
  },
]

/** Documents of a fund, newest first. */
export function DocumentsTable({
  fundId,
  filter,
  onOpen,
  empty,
}: {
  fundId: string
  filter: DocumentFilter
  onOpen(id: string): void
  empty: ReactNode
}) {
  const query = useRecordPages('fund', { documentsOf: fundId, ...filter }, (cursor, signal) =>
    readDocuments(fundId, filter, cursor, signal),
  )
  return (
    <DataTable
      label="Documents"
      columns={columnsOf(onOpen)}
      rows={query.rows}
      keyOf={({ id }) => id}
      error={query.rows ? undefined : query.error}
      onRetry={() => void query.refetch()}
      empty={empty}
      card={(each) => (
        <div className="grid gap-1.5">
          <div className="flex items-center justify-between gap-2">
            <Name document={each} onOpen={onOpen} />
            <State document={each} />
          </div>
          <p className="text-muted text-sm">
            {kindLabels[each.kind]}, {aboutOf(each)}. {receiptOf(each)}.
          </p>
        </div>
      )}
      footer={query.hasNextPage ? <LoadMore query={query} /> : null}
    />
  )
}
