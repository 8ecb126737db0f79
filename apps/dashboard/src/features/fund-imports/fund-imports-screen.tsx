'use client'
import { useMutation } from '@tanstack/react-query'
import { type FundImportKind, type FundImportView, fundImportKinds } from '@throughline/contracts'
import {
  Alert,
  Badge,
  type Column,
  DataTable,
  EmptyState,
  Field,
  FileDrop,
  formatAge,
  formatBytes,
  formatNumber,
  messageOf,
  Notice,
  Select,
  useSession,
} from '@throughline/ui'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { kindWords, stateWords } from './fund-import-words.ts'
import { postFile, readImports } from './fund-imports.api.ts'

const maxBytes = 50 * 1024 * 1024

export const ImportState = ({ state }: Pick<FundImportView, 'state'>) => (
  <Badge tone={stateWords[state].tone}>{stateWords[state].label}</Badge>
)
const linkTo = ({ fundId, id }: FundImportView) => `/funds/${fundId}/imports/${id}`

const columns: Column<FundImportView>[] = [
  {
    header: 'File',
    cell: (each) => (
      <Link href={linkTo(each)} className="font-medium hover:underline">
        {each.fileName}
      </Link>
    ),
  },
  { header: 'Rows are', cell: (each) => kindWords[each.kind].label },
  { header: 'State', cell: (each) => <ImportState state={each.state} /> },
  { header: 'Rows', cell: (each) => formatNumber(each.rowsRead), numeric: true },
  { header: 'With errors', cell: (each) => formatNumber(each.rowsRefused), numeric: true },
  { header: 'Checksum', cell: (each) => <code className="text-xs">{each.sha256.slice(0, 12)}</code>, wide: true },
  { header: 'When', cell: (each) => formatAge(each.createdAt), className: 'whitespace-nowrap text-muted' },
]

function Upload({ fundId }: { fundId: string }) {
  const router = useRouter()
  const [kind, setKind] = useState<FundImportKind>('BANK_RECEIPTS')
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: (file: File) => {
      if (file.size > maxBytes)
        throw new Error(`${file.name} has ${formatBytes(file.size)}; the limit is 50 MB. Split the file.`)
      return postFile(fundId, file, kind)
    },
    onSuccess: ({ import: created, alreadyImported }) => {
      if (!alreadyImported) router.push(linkTo(created))
    },
  })
  return (
    <div className="grid gap-3">
      {error ? <Alert>{messageOf(error)}</Alert> : null}
      {data?.alreadyImported ? (
        <Notice>
          This very file was imported already, {formatAge(data.import.createdAt)}: nothing was changed.{' '}
          <Link href={linkTo(data.import)} className="underline">
            See what became of it
          </Link>
        </Notice>
      ) : null}
      <Field label="What the rows are" hint={`Columns: ${kindWords[kind].columns}`} className="max-w-xl">
        {(ids) => (
          <Select
            {...ids}
            value={kind}
            onChange={({ target }) => setKind(fundImportKinds.find((each) => each === target.value) ?? 'BANK_RECEIPTS')}
          >
            {fundImportKinds.map((each) => (
              <option key={each} value={each}>
                {kindWords[each].label}
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
        {isPending ? 'Uploading…' : 'or drop it here: up to 50 MB. Nothing is changed before you commit it.'}
      </FileDrop>
    </div>
  )
}

/** Files about a fund: brought, read, looked at, committed. */
export function FundImportsScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const query = useRecordPages('fund', { fundId, list: 'imports' }, (cursor, signal) =>
    readImports(fundId, cursor, signal),
  )
  return (
    <div className="grid gap-6">
      {may('fund:update') ? <Upload fundId={fundId} /> : null}
      <DataTable
        label="Files of the fund"
        columns={columns}
        rows={query.rows}
        keyOf={(each) => each.id}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState title="No file was brought yet">
            Bank statements, commitments, allocations and marks come in here, and stay listed with what became of them.
          </EmptyState>
        }
        card={(each) => (
          <div className="grid gap-1">
            <Link href={linkTo(each)} className="break-words font-medium">
              {each.fileName}
            </Link>
            <div className="flex flex-wrap items-center gap-2 text-muted text-sm">
              <ImportState state={each.state} /> {kindWords[each.kind].label}, {formatNumber(each.rowsRead)} rows
            </div>
          </div>
        )}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
    </div>
  )
}
