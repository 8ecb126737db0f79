'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type DealImportView, type RecordKind, recordKinds } from '@throughline/contracts'
import {
  Alert,
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  FileDrop,
  formatAge,
  formatBytes,
  formatNumber,
  messageOf,
  PageHeader,
  Select,
  useSession,
} from '@throughline/ui'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { kindLabels, stateLabels, stateTones } from './import-labels.ts'
import { postFile, readImports } from './imports.api.ts'
import { SourcesSection } from './sources-section.tsx'

const maxBytes = 50 * 1024 * 1024

const ImportState = ({ dealImport: { state, dryRun } }: { dealImport: DealImportView }) => (
  <span className="inline-flex gap-1">
    <Badge tone={stateTones[state]}>{stateLabels[state]}</Badge>
    {dryRun ? <Badge tone="neutral">Dry run</Badge> : null}
  </span>
)

const columns: Column<DealImportView>[] = [
  {
    header: 'File',
    cell: (each) => (
      <Link href={`/imports/${each.id}`} className="font-medium hover:underline">
        {each.fileName}
      </Link>
    ),
  },
  { header: 'Rows are', cell: (each) => kindLabels[each.kind], wide: true },
  { header: 'State', cell: (each) => <ImportState dealImport={each} /> },
  { header: 'Created', cell: (each) => formatNumber(each.rowsCreated), numeric: true },
  { header: 'Updated', cell: (each) => formatNumber(each.rowsUpdated), numeric: true, wide: true },
  { header: 'Rejected', cell: (each) => formatNumber(each.rowsRejected), numeric: true },
  { header: 'Size', cell: (each) => formatBytes(each.sizeBytes), numeric: true, wide: true },
  { header: 'When', cell: (each) => formatAge(each.createdAt), className: 'whitespace-nowrap text-muted' },
]

function Upload() {
  const router = useRouter()
  const [kind, setKind] = useState<RecordKind>('DEAL')
  const { mutate, isPending, error } = useMutation({
    mutationFn: (file: File) => {
      if (file.size > maxBytes)
        throw new Error(`${file.name} has ${formatBytes(file.size)}; the limit is 50 MB. Split the file.`)
      return postFile(file, kind)
    },
    onSuccess: ({ import: created }) => router.push(`/imports/${created.id}`),
  })
  return (
    <div className="mb-6 grid gap-3">
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      <Field label="What the rows are" className="max-w-56">
        {(ids) => (
          <Select
            {...ids}
            value={kind}
            onChange={(event) => setKind(recordKinds.find((each) => each === event.target.value) ?? 'DEAL')}
          >
            {recordKinds.map((each) => (
              <option key={each} value={each}>
                {kindLabels[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <FileDrop
        label="Choose a CSV file"
        accept=".csv,.tsv,.txt,text/csv"
        onFile={(file) => mutate(file)}
        busy={isPending}
      >
        {isPending ? 'Uploading…' : 'or drop it here: up to 50 MB and 500,000 rows, from any CRM'}
      </FileDrop>
    </div>
  )
}

/** Bring deals, companies and contacts in from files. */
export function ImportsScreen() {
  const { may } = useSession()
  const { data, error, refetch } = useQuery({ queryKey: ['imports'], queryFn: ({ signal }) => readImports(signal) })
  return (
    <>
      <PageHeader
        title="Imports"
        actions={
          may('deal:export') ? (
            <Button asChild>
              <Link href="/exports">Exports</Link>
            </Button>
          ) : null
        }
      >
        A file is read row by row; what cannot be used comes back with the reason.
      </PageHeader>
      {may('deal:import') ? <Upload /> : null}
      <DataTable
        label="Imports"
        columns={columns}
        rows={data?.data}
        keyOf={(each) => each.id}
        error={error}
        onRetry={() => void refetch()}
        empty={
          <EmptyState title="Nothing was imported yet">
            The files that you bring in are listed here, with what became of each row.
          </EmptyState>
        }
        card={(each) => (
          <div className="grid gap-1">
            <Link href={`/imports/${each.id}`} className="font-medium">
              {each.fileName}
            </Link>
            <div className="flex items-center gap-2 text-muted text-sm">
              <ImportState dealImport={each} />
              {formatNumber(each.rowsCreated)} created, {formatNumber(each.rowsRejected)} rejected
            </div>
          </div>
        )}
      />
      {may('deal:import') ? <SourcesSection /> : null}
    </>
  )
}
