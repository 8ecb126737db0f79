'use client'
import { useQuery } from '@tanstack/react-query'
import type { DataExportView } from '@throughline/contracts'
import {
  Alert,
  Badge,
  Button,
  Card,
  ErrorState,
  formatBytes,
  formatInstant,
  formatNumber,
  PageHeader,
  Progress,
  Skeleton,
} from '@throughline/ui'
import Link from 'next/link'
import { DownloadButton } from './download-button.tsx'
import { exportStateLabels, exportStateTones, kindNames } from './export-labels.ts'
import { readExport } from './exports.api.ts'

function Outcome({ dataExport }: { dataExport: DataExportView }) {
  const { state, rows, sizeBytes, expiresAt, error } = dataExport
  switch (state) {
    case 'QUEUED':
    case 'RUNNING':
      return (
        <Card className="grid gap-4 p-6">
          <Progress label="Export progress" done={0} total={null} />
          <p aria-live="polite" className="text-muted text-sm">
            The file is being written. You can leave this page; a notification and a mail lead back here.
          </p>
        </Card>
      )
    case 'SUCCEEDED':
      return (
        <Card className="grid justify-items-start gap-4 p-6">
          <h2 className="font-semibold text-lg">The file is ready</h2>
          <p className="text-muted text-sm">
            {formatNumber(rows)} rows, {formatBytes(sizeBytes ?? 0)}
            {expiresAt ? `, kept until ${formatInstant(expiresAt)}` : ''}. Only you can open it.
          </p>
          <DownloadButton dataExport={dataExport} primary />
        </Card>
      )
    case 'FAILED':
      return <Alert>{error?.message ?? 'The file could not be written. Ask for it again.'}</Alert>
    case 'EXPIRED':
      return (
        <Card className="p-6 text-muted text-sm">
          The seven days of this export are over, and its file is deleted. Ask for a new one over the list.
        </Card>
      )
  }
}

/** Where the mail leads: one export, live, with a fresh link to its file. */
export function ExportScreen({ exportId }: { exportId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['export', exportId],
    queryFn: ({ signal }) => readExport(exportId, signal),
  })
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-48 rounded-2xl" />
  return (
    <>
      <PageHeader
        title={`Export of ${kindNames[data.kind].toLowerCase()}`}
        actions={
          <Button asChild>
            <Link href="/exports">All exports</Link>
          </Button>
        }
      >
        <Badge tone={exportStateTones[data.state]}>{exportStateLabels[data.state]}</Badge>
      </PageHeader>
      <Outcome dataExport={data} />
    </>
  )
}
