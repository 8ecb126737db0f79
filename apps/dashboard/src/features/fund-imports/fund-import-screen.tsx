'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { FundImportView } from '@throughline/contracts'
import {
  Alert,
  Button,
  Card,
  ErrorState,
  Fact,
  FactList,
  formatAge,
  formatBytes,
  formatMoney,
  formatNumber,
  Notice,
  Skeleton,
  useSession,
} from '@throughline/ui'
import Link from 'next/link'
import { useState } from 'react'
import { useFund } from '../funds/use-fund.ts'
import { TypedConfirm } from '../money/typed-confirm.tsx'
import { kindWords } from './fund-import-words.ts'
import { postCommit, readImport } from './fund-imports.api.ts'
import { ImportState } from './fund-imports-screen.tsx'
import { PreviewTable } from './preview-table.tsx'
import { ReadingSection } from './reading-section.tsx'

/** An event tells of the end; this is for a browser that has missed it. */
const lookAgainMs = 4000
const isAtWork = (found: FundImportView | undefined) => found?.state === 'INSPECTING' || found?.state === 'COMMITTING'

function Facts({ fundImport, currency }: { fundImport: FundImportView; currency: string }) {
  const { kind, state, rowsRead, rowsRefused, preview, sizeBytes, sha256, createdAt } = fundImport
  return (
    <FactList>
      <Fact name="Rows are">{kindWords[kind].label}</Fact>
      <Fact name="State">
        <ImportState state={state} />
      </Fact>
      <Fact name="Rows">{formatNumber(rowsRead)}</Fact>
      <Fact name="With errors">{formatNumber(rowsRefused)}</Fact>
      {preview ? <Fact name="Sum of the good rows">{formatMoney(preview.sum, currency)}</Fact> : null}
      {preview && preview.known > 0 ? <Fact name="Recorded before">{formatNumber(preview.known)}</Fact> : null}
      <Fact name="Brought">
        {formatAge(createdAt)}, {formatBytes(sizeBytes)}
      </Fact>
      <Fact name="SHA-256">
        <code className="break-all text-xs">{sha256}</code>
      </Fact>
    </FactList>
  )
}

function Preview({ fundImport }: { fundImport: FundImportView }) {
  const { preview } = fundImport
  if (!preview) return null
  return (
    <>
      {preview.problem ? <Alert>{preview.problem}</Alert> : null}
      {preview.refused.length > 0 ? (
        <div className="grid gap-2">
          <h2 className="font-semibold text-lg tracking-tight">Rows with errors</h2>
          <p className="text-muted text-sm">
            Nothing of the file can be committed while a row is wrong: mend the file and bring it again.
          </p>
          <PreviewTable label="Rows with errors" preview={preview} rows={preview.refused} />
        </div>
      ) : null}
      {preview.skipped.count > 0 ? (
        <div className="grid gap-2">
          <h2 className="font-semibold text-lg tracking-tight">Skipped rows</h2>
          <p className="text-muted text-sm">
            On {formatNumber(preview.skipped.count)} rows the bank took money away. Nothing is booked of them.
          </p>
          <PreviewTable label="Skipped rows" preview={preview} rows={preview.skipped.rows} note="Why" />
        </div>
      ) : null}
      {preview.rows.length > 0 ? (
        <div className="grid gap-2">
          <h2 className="font-semibold text-lg tracking-tight">First rows</h2>
          <PreviewTable label="First rows" preview={preview} rows={preview.rows} />
        </div>
      ) : null}
    </>
  )
}

/** One file: what is in it, what is wrong with it, and the way to commit it. */
export function FundImportScreen({ fundId, importId }: { fundId: string; importId: string }) {
  const { may } = useSession()
  const client = useQueryClient()
  const { data: fund } = useFund(fundId)
  const [confirming, setConfirming] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', { importId }],
    queryFn: ({ signal }) => readImport(importId, signal),
    refetchInterval: ({ state }) => (isAtWork(state.data) ? lookAgainMs : false),
  })
  if (error && !data)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (!data || !fund) return <Skeleton className="h-64 rounded-2xl" />
  const { state } = data
  return (
    <div className="grid gap-6">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 className="min-w-0 break-words font-semibold text-xl tracking-tight">{data.fileName}</h2>
        <Button asChild>
          <Link href={`/funds/${fundId}/imports`}>All files</Link>
        </Button>
      </div>
      {data.error ? (
        <Alert>
          {data.error.line ? `Line ${data.error.line}. ` : ''}
          {data.error.message}
        </Alert>
      ) : null}
      {state === 'COMMITTED' ? <Notice tone="good">Everything that the file says was done.</Notice> : null}
      {isAtWork(data) ? <Notice>The file is being read. You can leave this page.</Notice> : null}
      <Facts fundImport={data} currency={fund.currency} />
      {state === 'READY' && may('fund_import:commit') ? (
        <div>
          <Button kind="primary" onClick={() => setConfirming(true)}>
            Commit {formatNumber(data.rowsRead)} rows
          </Button>
        </div>
      ) : null}
      {(state === 'READY' || state === 'REFUSED') && may('fund:update') ? (
        <ReadingSection key={JSON.stringify(data.options)} fundImport={data} />
      ) : null}
      <Preview fundImport={data} />
      {confirming ? (
        <TypedConfirm
          title={`Commit ${data.fileName}`}
          word={fund.name}
          confirm="Commit file"
          onClose={() => setConfirming(false)}
          onConfirm={(key) =>
            postCommit(importId, fund.name, key).finally(() => client.invalidateQueries({ queryKey: ['fund'] }))
          }
        >
          <p>
            {formatNumber(data.rowsRead)} rows, {formatMoney(data.preview?.sum ?? '0', fund.currency)} in all:
            everything that the file says is done, or nothing of it.
          </p>
        </TypedConfirm>
      ) : null}
    </div>
  )
}
