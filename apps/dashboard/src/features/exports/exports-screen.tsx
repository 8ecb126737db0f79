'use client'
import { useQuery } from '@tanstack/react-query'
import type { DataExportView } from '@throughline/contracts'
import {
  Badge,
  type Column,
  DataTable,
  EmptyState,
  formatAge,
  formatBytes,
  formatInstant,
  formatNumber,
  PageHeader,
} from '@throughline/ui'
import Link from 'next/link'
import { DownloadButton } from './download-button.tsx'
import { exportStateLabels, exportStateTones, kindNames } from './export-labels.ts'
import { readExports } from './exports.api.ts'

const State = ({ dataExport: { state } }: { dataExport: DataExportView }) => (
  <Badge tone={exportStateTones[state]}>{exportStateLabels[state]}</Badge>
)
const until = ({ state, expiresAt }: DataExportView): string =>
  state === 'SUCCEEDED' && expiresAt ? formatInstant(expiresAt) : '–'

const columns: Column<DataExportView>[] = [
  {
    header: 'Export',
    cell: (each) => (
      <Link href={`/exports/${each.id}`} className="font-medium hover:underline">
        {kindNames[each.kind]}
      </Link>
    ),
  },
  { header: 'State', cell: (each) => <State dataExport={each} /> },
  { header: 'Rows', cell: (each) => formatNumber(each.rows), numeric: true },
  {
    header: 'Size',
    cell: (each) => (each.sizeBytes === null ? '–' : formatBytes(each.sizeBytes)),
    numeric: true,
    wide: true,
  },
  { header: 'Asked for', cell: (each) => formatAge(each.createdAt), className: 'whitespace-nowrap text-muted' },
  { header: 'Kept until', cell: until, className: 'whitespace-nowrap text-muted', wide: true },
  { header: 'File', cell: (each) => <DownloadButton dataExport={each} /> },
]

/** One's own exports, with what became of each. */
export function ExportsScreen() {
  const { data, error, refetch } = useQuery({ queryKey: ['exports'], queryFn: ({ signal }) => readExports(signal) })
  return (
    <>
      <PageHeader title="Exports">Files that you have asked for. Only you can open them, for seven days.</PageHeader>
      <DataTable
        label="Exports"
        columns={columns}
        rows={data?.data}
        keyOf={(each) => each.id}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState title="Nothing was exported yet">
            The button “Export” over a list writes what the list shows to a file.
          </EmptyState>
        }
        card={(each) => (
          <div className="grid gap-2">
            <div className="flex items-center justify-between gap-2">
              <Link href={`/exports/${each.id}`} className="font-medium">
                {kindNames[each.kind]}
              </Link>
              <State dataExport={each} />
            </div>
            <p className="text-muted text-sm">
              {formatNumber(each.rows)} rows, {formatAge(each.createdAt)}
            </p>
            <DownloadButton dataExport={each} />
          </div>
        )}
      />
    </>
  )
}
