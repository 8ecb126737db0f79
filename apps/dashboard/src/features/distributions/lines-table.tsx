'use client'
import type { DistributionDetail, DistributionLineView } from '@throughline/contracts'
import { Button, Checkbox, type Column, DataTable, EmptyState, formatMoney, useSession } from '@throughline/ui'
import { useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { grossOf } from './chosen-lines.ts'
import { readDistributionLines } from './distributions.api.ts'
import { lineColumns, paidColumn } from './line-columns.tsx'
import { PayDialog } from './pay-dialog.tsx'
import { isAboveCap } from './recycling-words.ts'

interface LinesTableProps {
  distribution: DistributionDetail
  currency: string
  today: string
}

/** Who gets what; of a declared distribution, some can be chosen and paid. */
export function LinesTable({ distribution, currency, today }: LinesTableProps) {
  const { fundId, id, state } = distribution
  const { may } = useSession()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [asks, setAsks] = useState(false)
  const query = useRecordPages('fund', { fundId, linesOf: id }, (cursor, signal) =>
    readDistributionLines(id, cursor, signal),
  )
  const canPay = state === 'DECLARED' && may('distribution:issue')
  // Who was paid meanwhile is not paid again.
  const open = query.rows?.filter(({ paidAt }) => paidAt === null) ?? []
  const lines = open.filter(({ investorId }) => chosen.has(investorId))
  const choose = (investorId: string, on: boolean) =>
    setChosen((before) => new Set(on ? [...before, investorId] : [...before].filter((each) => each !== investorId)))
  const choice: Column<DistributionLineView> = {
    header: 'Choose',
    cell: ({ investorId, investorName, paidAt }) =>
      paidAt === null ? (
        <Checkbox
          aria-label={`Choose ${investorName}`}
          checked={chosen.has(investorId)}
          onChange={({ target }) => choose(investorId, target.checked)}
        />
      ) : null,
  }
  return (
    <div className="grid gap-3">
      {canPay && open.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2 text-sm">
          <Button
            size="sm"
            onClick={() => setChosen(new Set(lines.length === open.length ? [] : open.map((each) => each.investorId)))}
          >
            {lines.length === open.length ? 'Choose none' : 'Choose all shown'}
          </Button>
          <Button size="sm" disabled={lines.length === 0} onClick={() => setAsks(true)}>
            Pay chosen
          </Button>
          <span aria-live="polite" className="tabular text-muted">
            {lines.length === 0
              ? 'Choose investors to pay some of them.'
              : `${lines.length} chosen, ${formatMoney(grossOf(lines), currency)}`}
          </span>
        </div>
      ) : null}
      <DataTable
        label="Who gets what"
        columns={[...(canPay ? [choice] : []), ...lineColumns(currency, isAboveCap(distribution)), paidColumn]}
        rows={query.rows}
        keyOf={({ investorId }) => investorId}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title="It has no lines" />}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
      {asks && lines.length > 0 ? (
        <PayDialog {...{ distribution, lines, currency, today }} onClose={() => setAsks(false)} />
      ) : null}
    </div>
  )
}
