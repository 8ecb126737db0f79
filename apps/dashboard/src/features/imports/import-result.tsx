'use client'
import type { DealImportView, ImportReport } from '@throughline/contracts'
import { Button, Card, formatInstant, formatNumber, Progress, useSession } from '@throughline/ui'
import { Download } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { keptLabels, keyLabels, kindLabels } from './import-labels.ts'
import { RevertDialog } from './revert-dialog.tsx'

const titles = (dealImport: DealImportView): string => {
  if (dealImport.state === 'REVERTED') return 'Import reverted'
  return dealImport.dryRun ? 'What the import would do' : 'Import finished'
}

function Figures({ dealImport }: { dealImport: DealImportView }) {
  const figures = [
    ['Created', dealImport.rowsCreated],
    ['Updated', dealImport.rowsUpdated],
    ['Unchanged', dealImport.rowsUnchanged],
    ['Rejected', dealImport.rowsRejected],
  ] as const
  return (
    <dl className="grid grid-cols-2 gap-x-8 gap-y-4 sm:grid-cols-4">
      {figures.map(([term, count]) => (
        <div key={term}>
          <dt className="text-muted text-sm">{term}</dt>
          <dd className="tabular font-semibold text-2xl tracking-tight">{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  )
}

function Related({ report: { updateKeys, companies, contacts } }: { report: ImportReport }) {
  const beside = [
    ['companies', companies.created],
    ['contacts', contacts.created],
  ] as const
  const made = beside.filter(([, count]) => count > 0).map(([what, count]) => `${formatNumber(count)} ${what}`)
  return (
    <p className="text-muted text-sm">
      A row finds its record by {updateKeys.map((key) => keyLabels[key]).join(', then by ')}.
      {made.length > 0 ? ` New beside them: ${made.join(' and ')}.` : ''}
    </p>
  )
}

function Duplicates({ duplicates: { count, examples, partial } }: Pick<ImportReport, 'duplicates'>) {
  if (count === 0 && !partial) return null
  return (
    <section aria-label="Possible duplicates" className="grid gap-2 text-sm">
      <h3 className="font-medium">
        {formatNumber(count)} possible {count === 1 ? 'duplicate' : 'duplicates'}
      </h3>
      <ul className="grid gap-1 text-muted">
        {examples.map(({ line, name, record, otherLine }) => (
          <li key={`${line} ${name}`}>
            Line {line}: “{name}” looks like “{record.name}”,{' '}
            {otherLine === null ? 'which is there' : `line ${otherLine}`}.
          </li>
        ))}
      </ul>
      {partial ? (
        <p className="text-muted">
          The file has more names than are compared here. What else is alike stands among the{' '}
          <Link href="/duplicates">duplicates</Link> once it is imported.
        </p>
      ) : null}
    </section>
  )
}

function Reverted({ report }: { report: ImportReport }) {
  if (!report.revert) return null
  const { removed, restored, kept, examples } = report.revert
  return (
    <section aria-label="What the revert did" className="grid gap-3 text-sm">
      <p>
        {formatNumber(removed)} records that the import had made are gone, {formatNumber(restored)} are what they were
        before.
      </p>
      {kept.length > 0 ? (
        <>
          <h3 className="font-medium">Kept as they are</h3>
          <ul className="grid gap-1 text-muted">
            {kept.map(({ reason, count }) => (
              <li key={reason}>
                {formatNumber(count)}: {keptLabels[reason]}
              </li>
            ))}
          </ul>
          <details>
            <summary className="cursor-pointer">Which ones</summary>
            <ul className="mt-2 grid gap-1 text-muted">
              {examples.map(({ kind, id, name, reason }) => (
                <li key={`${kind}-${id}`}>
                  {name} ({kindLabels[kind]}): {keptLabels[reason]}
                </li>
              ))}
            </ul>
          </details>
        </>
      ) : null}
    </section>
  )
}

/** What became of the rows, and the way back. */
export function ImportResult({ dealImport }: { dealImport: DealImportView }) {
  const { may } = useSession()
  const [asking, setAsking] = useState(false)
  const { report, state, dryRun, reverting, revertibleUntil, error } = dealImport
  const canRevert = revertibleUntil !== null && !reverting && may('deal:import')
  return (
    <Card className="grid gap-6 p-6">
      <h2 className="font-semibold text-lg">{titles(dealImport)}</h2>
      {reverting ? (
        <div className="grid gap-3">
          <Progress label="Revert progress" done={0} total={null} />
          <p aria-live="polite" className="text-muted text-sm">
            The import is being taken back.
          </p>
        </div>
      ) : null}
      {report ? <Reverted report={report} /> : null}
      <Figures dealImport={dealImport} />
      {report ? <Related report={report} /> : null}
      {report ? <Duplicates duplicates={report.duplicates} /> : null}
      {error ? <p className="text-bad text-sm">{error.message}</p> : null}
      {state === 'SUCCEEDED' && !dryRun && !reverting ? (
        <p className="text-muted text-sm">
          {revertibleUntil
            ? `It can be reverted until ${formatInstant(revertibleUntil)}.`
            : 'The 30 days in which it could be reverted are over.'}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {dryRun ? (
          <Button asChild kind="primary">
            <Link href="/imports">Bring the file again to import it</Link>
          </Button>
        ) : (
          <Button asChild kind="primary">
            <Link href="/pipeline">See the pipeline</Link>
          </Button>
        )}
        {dealImport.rejectedFileId ? (
          <Button asChild>
            <a href={`/api/media/v1/files/${dealImport.rejectedFileId}`} download>
              <Download aria-hidden /> Download rejected rows
            </a>
          </Button>
        ) : null}
        {canRevert ? <Button onClick={() => setAsking(true)}>Revert import</Button> : null}
      </div>
      {asking ? <RevertDialog dealImport={dealImport} onClose={() => setAsking(false)} /> : null}
    </Card>
  )
}
