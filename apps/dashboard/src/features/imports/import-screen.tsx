'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DealImportView } from '@throughline/contracts'
import { Alert, Badge, Button, Card, ErrorState, formatBytes, PageHeader, Progress, Skeleton } from '@throughline/ui'
import { useJobProgress } from '../jobs/use-job-progress.ts'
import { kindLabels, stateLabels, stateTones } from './import-labels.ts'
import { ImportResult } from './import-result.tsx'
import { postCancel, readImport } from './imports.api.ts'
import { MappingStep } from './mapping-step.tsx'

function Running({ dealImport }: { dealImport: DealImportView }) {
  const client = useQueryClient()
  const progress = useJobProgress(dealImport.jobId)
  const { mutate: cancel, isPending } = useMutation({
    mutationFn: () => postCancel(dealImport.id),
    onSettled: () => client.invalidateQueries({ queryKey: ['import', dealImport.id] }),
  })
  return (
    <Card className="grid gap-4 p-6">
      <Progress label="Import progress" done={progress?.done ?? 0} total={progress?.total ?? null} />
      <p aria-live="polite" className="tabular text-muted text-sm">
        {dealImport.state === 'QUEUED' ? 'Waiting for a worker' : (progress?.step ?? 'Reading the file')}. You can leave
        this page; the import goes on.
      </p>
      <Button className="justify-self-start" onClick={() => cancel()} disabled={isPending}>
        Cancel import
      </Button>
    </Card>
  )
}

function Step({ dealImport }: { dealImport: DealImportView }) {
  switch (dealImport.state) {
    case 'INSPECTING':
      return (
        <Card className="grid gap-4 p-6">
          <Progress label="Reading the first rows" done={0} total={null} />
          <p className="text-muted text-sm">Reading the first rows</p>
        </Card>
      )
    case 'MAPPING':
      return dealImport.preview ? <MappingStep dealImport={dealImport} preview={dealImport.preview} /> : null
    case 'QUEUED':
    case 'RUNNING':
      return <Running dealImport={dealImport} />
    case 'SUCCEEDED':
    case 'REVERTED':
      return <ImportResult dealImport={dealImport} />
    case 'FAILED':
      return (
        <Alert>
          {dealImport.error?.message ?? 'The file could not be read.'}
          {dealImport.error?.line && !dealImport.error.message.includes(`ine ${dealImport.error.line}`)
            ? ` (line ${dealImport.error.line})`
            : ''}{' '}
          Nothing was changed.
        </Alert>
      )
    case 'CANCELLED':
      return <Card className="p-6 text-muted text-sm">This import was cancelled. Nothing was changed.</Card>
  }
}

/** One import, from its first rows to what became of the last one. */
export function ImportScreen({ importId }: { importId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['import', importId],
    queryFn: ({ signal }) => readImport(importId, signal),
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-64 rounded-2xl" />
  return (
    <>
      <PageHeader title={data.fileName}>
        <span className="flex items-center gap-2">
          <Badge tone={stateTones[data.state]}>{stateLabels[data.state]}</Badge>
          {data.dryRun ? <Badge tone="neutral">Dry run</Badge> : null}
          {kindLabels[data.kind]}, {formatBytes(data.sizeBytes)}
        </span>
      </PageHeader>
      <Step dealImport={data} />
    </>
  )
}
