'use client'
import type { DistributionPreview } from '@throughline/contracts'
import { Alert, cn, DataTable, EmptyState, messageOf, Notice, Skeleton } from '@throughline/ui'
import { lineColumns } from './line-columns.tsx'
import { isAboveCap } from './recycling-words.ts'
import { Totals } from './totals.tsx'
import { WaterfallStatement } from './waterfall-statement.tsx'

interface PreviewPanelProps {
  preview: DistributionPreview | undefined
  /** What is missing in the form. */
  missing: string | undefined
  error: unknown
  /** It is of what was typed before. */
  isOld: boolean
  currency: string
}

/** Who would get what, as it is typed; nothing is stored. */
export function PreviewPanel({ preview, missing, error, isOld, currency }: PreviewPanelProps) {
  return (
    <section aria-label="Preview" aria-busy={isOld} className="grid content-start gap-4">
      {missing ? <Notice>{missing}</Notice> : error ? <Alert>{messageOf(error)}</Alert> : null}
      {preview ? (
        <div className={cn('grid gap-4', isOld && 'opacity-60')}>
          <Totals distribution={preview} currency={currency} />
          {preview.waterfall ? <WaterfallStatement waterfall={preview.waterfall} /> : null}
          <DataTable
            label="Who would get what"
            columns={lineColumns(currency, isAboveCap(preview))}
            rows={preview.lines}
            keyOf={({ investorId }) => investorId}
            empty={<EmptyState title="It has no lines" />}
            footer={
              preview.totals.investors > preview.lines.length ? (
                <p className="p-2 text-muted text-sm">
                  The first {preview.lines.length} of {preview.totals.investors}; all of them are on the page of the
                  draft.
                </p>
              ) : null
            }
          />
        </div>
      ) : missing || error ? null : (
        <Skeleton className="h-72 rounded-2xl" />
      )}
    </section>
  )
}
