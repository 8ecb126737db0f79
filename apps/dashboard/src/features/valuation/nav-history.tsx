'use client'
import type { NavPeriodView } from '@throughline/contracts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  formatDay,
  formatInstant,
  formatMoney,
  formatNumber,
} from '@throughline/ui'
import { useState } from 'react'
import { LineField } from '../money/line-field.tsx'
import { MoneyDialog } from '../money/money-dialog.tsx'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { NavSharesPanel } from './nav-shares-panel.tsx'
import { postNav, readNav } from './valuation.api.ts'

const columnsFor = (currency: string, onOpen: (period: NavPeriodView) => void): Column<NavPeriodView>[] => [
  {
    header: 'Day',
    cell: (period) => (
      <button
        type="button"
        className="font-medium hover:underline"
        aria-label={`Shares of the NAV of ${formatDay(period.asOf)}, revision ${period.revision}`}
        onClick={() => onOpen(period)}
      >
        {formatDay(period.asOf)}
      </button>
    ),
    className: 'whitespace-nowrap',
  },
  { header: 'NAV', cell: ({ nav }) => formatMoney(nav, currency), numeric: true, className: 'whitespace-nowrap' },
  {
    header: 'Carry not paid',
    cell: ({ accruedCarry }) => formatMoney(accruedCarry, currency),
    numeric: true,
    className: 'whitespace-nowrap',
  },
  { header: 'Revision', cell: ({ revision }) => revision, numeric: true },
  { header: 'Kind', cell: ({ kind }) => kind },
  { header: 'Investors', cell: ({ investors }) => formatNumber(investors), numeric: true },
  {
    header: 'Struck',
    cell: ({ createdAt }) => formatInstant(createdAt),
    className: 'whitespace-nowrap text-muted',
    wide: true,
  },
]

interface NavHistoryProps {
  fundId: string
  currency: string
  today: string
  mayPost: boolean
}

/** Net asset values as they were struck; a later revision stands beside an earlier one. */
export function NavHistory({ fundId, currency, today, mayPost }: NavHistoryProps) {
  const [isStriking, setStriking] = useState(false)
  const [on, setOn] = useState(today)
  const [opened, setOpened] = useState<NavPeriodView>()
  const query = useRecordPages('fund', { fundId, list: 'nav' }, (cursor, signal) => readNav(fundId, cursor, signal))
  return (
    <section aria-labelledby="nav-history" className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="nav-history" className="font-semibold">
          Net asset value
        </h2>
        {mayPost ? <Button onClick={() => setStriking(true)}>Strike NAV</Button> : null}
      </div>
      <DataTable
        label="Net asset values"
        columns={columnsFor(currency, setOpened)}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={<EmptyState title="No NAV was struck yet">It is what the books say at the end of a day.</EmptyState>}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
      {opened ? (
        <NavSharesPanel key={opened.id} period={opened} currency={currency} onClose={() => setOpened(undefined)} />
      ) : null}
      {isStriking ? (
        <MoneyDialog
          title="Strike the net asset value"
          confirm="Strike NAV"
          send={(key) => postNav(fundId, on, key)}
          done="The NAV is struck"
          onClose={() => setStriking(false)}
        >
          <p>Net assets at the end of the day, by the books, and every investor’s part of them to the cent.</p>
          <LineField label="Day" type="date" value={on} onChange={setOn} />
        </MoneyDialog>
      ) : null}
    </section>
  )
}
