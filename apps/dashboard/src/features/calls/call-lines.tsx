'use client'
import type { CallLineView, CapitalCallDetail } from '@throughline/contracts'
import { Badge, Button, type Column, DataTable, EmptyState, formatDay, formatMoney, useSession } from '@throughline/ui'
import { useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { daysLate, lineStateWords } from './call-words.ts'
import { readCallLines } from './calls.api.ts'
import { LineDialog } from './line-dialog.tsx'

function LineState({ line }: { line: CallLineView }) {
  const [word, tone] = lineStateWords[line.state]
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <Badge tone={tone}>{word}</Badge>
      {line.overdueDays > 0 ? <span className="text-bad text-xs">{daysLate(line.overdueDays)}</span> : null}
      {line.state === 'DEFAULT_NOTICE' && line.lastDayToCure ? (
        <span className="text-muted text-xs">may pay until {formatDay(line.lastDayToCure)}</span>
      ) : null}
    </span>
  )
}

/** Who owes what of an issued call. */
export function CallLines({ call }: { call: CapitalCallDetail }) {
  const { may } = useSession()
  const [open, setOpen] = useState<CallLineView>()
  const query = useRecordPages('call-lines', { callId: call.id }, (cursor, signal) =>
    readCallLines(call.id, cursor, signal),
  )
  const money = (figure: 'due' | 'applied' | 'writtenOff' | 'outstanding') => (line: CallLineView) =>
    formatMoney(line[figure], call.currency)
  const mayAct = may('capital_call:issue') && ['ISSUED', 'PARTIALLY_FUNDED'].includes(call.state)
  const act = (line: CallLineView) =>
    mayAct && Number(line.outstanding) > 0 ? (
      <Button size="sm" onClick={() => setOpen(line)} aria-label={`Act on the line of ${line.name}`}>
        Act
      </Button>
    ) : null
  const columns: Column<CallLineView>[] = [
    {
      header: 'Investor',
      cell: ({ name, code }) => (
        <>
          <span className="block font-medium">{name}</span>
          <span className="block text-muted text-xs">{code}</span>
        </>
      ),
      className: 'min-w-40',
    },
    { header: 'Reference', cell: ({ reference }) => reference, className: 'font-mono text-xs whitespace-nowrap' },
    { header: 'State', cell: (line) => <LineState line={line} /> },
    { header: 'Due', cell: money('due'), numeric: true },
    { header: 'Paid', cell: money('applied'), numeric: true },
    { header: 'Written off', cell: money('writtenOff'), numeric: true, wide: true },
    { header: 'Outstanding', cell: money('outstanding'), numeric: true },
    { header: 'Actions', cell: act, numeric: true },
  ]
  return (
    <>
      <DataTable
        label="Lines of the call"
        columns={columns}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title="This call has no lines">It was never issued.</EmptyState>}
        card={(line) => (
          <div className="grid gap-1.5 text-sm">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <span className="font-medium">{line.name}</span>
              <LineState line={line} />
            </div>
            <p className="tabular text-muted">
              {formatMoney(line.due, call.currency)} due, {formatMoney(line.outstanding, call.currency)} outstanding
            </p>
            <p className="font-mono text-xs">{line.reference}</p>
            <div>{act(line)}</div>
          </div>
        )}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
      {open ? <LineDialog call={call} line={open} onClose={() => setOpen(undefined)} /> : null}
    </>
  )
}
