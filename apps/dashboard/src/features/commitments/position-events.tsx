'use client'
import type { FundView, PositionEventView } from '@throughline/contracts'
import { type Column, DataTable, EmptyState, formatAge, formatDay, formatMoney } from '@throughline/ui'
import { happenedWord } from '../funds/happened-words.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { readEvents } from './commitments.api.ts'

const columnsFor = ({ currency }: FundView): Column<PositionEventView>[] => {
  const money = (sum: string | null) => (sum === null || Number(sum) === 0 ? '–' : formatMoney(sum, currency))
  return [
    { header: 'Day', cell: ({ on }) => formatDay(on), className: 'whitespace-nowrap' },
    { header: 'What', cell: ({ kind }) => happenedWord(kind), className: 'min-w-40' },
    { header: 'Amount', cell: ({ amount }) => formatMoney(amount, currency), numeric: true },
    { header: 'Outside', cell: ({ outside }) => money(outside), numeric: true },
    { header: 'Recallable', cell: ({ recallable }) => money(recallable), numeric: true },
    { header: 'Reason', cell: ({ reason }) => reason ?? '–', className: '[overflow-wrap:anywhere]' },
    { header: 'Written', cell: ({ at }) => formatAge(at), className: 'whitespace-nowrap text-muted' },
  ]
}

/** Everything that has happened to an investor in a fund, latest first. */
export function PositionEvents({ fund, investorId }: { fund: FundView; investorId: string }) {
  const query = useRecordPages('fund', { fundId: fund.id, of: 'events', investorId }, (cursor, signal) =>
    readEvents(fund.id, investorId, cursor, signal),
  )
  return (
    <section className="grid gap-3">
      <h2 className="font-semibold text-lg">What has happened</h2>
      <DataTable
        label="What has happened"
        columns={columnsFor(fund)}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title="Nothing has happened yet" />}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
    </section>
  )
}
