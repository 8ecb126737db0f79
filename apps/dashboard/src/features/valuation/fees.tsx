'use client'
import { useQuery } from '@tanstack/react-query'
import type { FeeQuarterView } from '@throughline/contracts'
import { Button, type Column, DataTable, EmptyState, formatDay, formatMoney } from '@throughline/ui'
import { useState } from 'react'
import { MoneyDialog } from '../money/money-dialog.tsx'
import { postFees, readFees } from './valuation.api.ts'

const columnsFor = (currency: string): Column<FeeQuarterView>[] => [
  { header: 'From', cell: ({ from }) => formatDay(from), className: 'whitespace-nowrap' },
  {
    header: 'Counted on',
    cell: ({ pieces, daysOfQuarter }) =>
      pieces
        .map(
          ({ base, amount, rate, days }) =>
            `${rate} % of ${formatMoney(amount, currency)} (${base.replace('_', ' ')}), ${days} of ${daysOfQuarter} days`,
        )
        .join('; '),
    className: 'min-w-64 text-muted',
  },
  { header: 'Fee', cell: ({ fee }) => formatMoney(fee, currency), numeric: true },
  { header: 'Accrued', cell: ({ accrued }) => (accrued ? formatMoney(accrued, currency) : 'not yet'), numeric: true },
]

interface FeesProps {
  fundId: string
  currency: string
  today: string
  mayPost: boolean
}

/** The management fee by quarter, and what was accrued of it. */
export function Fees({ fundId, currency, today, mayPost }: FeesProps) {
  const [isAccruing, setAccruing] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['fund', fundId, 'fees'],
    queryFn: ({ signal }) => readFees(fundId, signal),
  })
  return (
    <section aria-labelledby="fees" className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="fees" className="font-semibold">
          Management fee{data ? `, ${formatMoney(data.payable, currency)} of fees and expenses owed` : ''}
        </h2>
        {mayPost ? <Button onClick={() => setAccruing(true)}>Accrue fees</Button> : null}
      </div>
      <DataTable
        label="Management fee"
        columns={columnsFor(currency)}
        rows={data?.data}
        keyOf={({ from }) => from}
        error={data ? undefined : error}
        onRetry={() => void refetch()}
        empty={<EmptyState title="The terms of this fund have no management fee" />}
      />
      {isAccruing ? (
        <MoneyDialog
          title="Accrue the management fee?"
          confirm="Accrue fees"
          send={(key) => postFees(fundId, today, key)}
          done="Accrued"
          onClose={() => setAccruing(false)}
        >
          <p>Every quarter that has begun and was not accrued becomes an entry on its first day.</p>
        </MoneyDialog>
      ) : null}
    </section>
  )
}
