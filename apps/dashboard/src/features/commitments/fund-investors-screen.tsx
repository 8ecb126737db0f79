'use client'
import type { FundInvestorView, FundView } from '@throughline/contracts'
import {
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  formatDay,
  formatMoney,
  formatNumber,
  Input,
  NoResults,
  useSession,
} from '@throughline/ui'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { useFund } from '../funds/use-fund.ts'
import { useSearchField } from '../investors/use-search-field.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { NewCommitmentDialog } from './commitment-dialogs.tsx'
import { readFundInvestors } from './commitments.api.ts'

const Name = ({ fundId, row }: { fundId: string; row: FundInvestorView }) => (
  <span className="flex flex-wrap items-center gap-x-2">
    <Link href={`/funds/${fundId}/investors/${row.investorId}`} className="font-medium hover:underline">
      {row.name}
    </Link>
    {row.defaultedOn ? <Badge tone="bad">In default</Badge> : null}
  </span>
)

function columnsFor({ id, currency }: FundView): Column<FundInvestorView>[] {
  const of = (header: string, figure: keyof FundInvestorView['figures']): Column<FundInvestorView> => ({
    header,
    cell: ({ figures }) => formatMoney(figures[figure], currency),
    numeric: true,
    className: 'whitespace-nowrap',
  })
  return [
    { header: 'Investor', cell: (row) => <Name fundId={id} row={row} />, className: 'min-w-44' },
    { header: 'Code', cell: ({ code }) => code, className: 'whitespace-nowrap' },
    of('Commitment', 'commitment'),
    of('Called', 'called'),
    of('Uncalled', 'uncalled'),
    of('Paid in', 'paidIn'),
    of('Outstanding', 'outstanding'),
    of('Prepaid', 'prepaid'),
    of('Distributed', 'distributed'),
  ]
}

const totalNames = [
  ['commitment', 'Commitments'],
  ['called', 'Called'],
  ['uncalled', 'Uncalled'],
  ['paidIn', 'Paid in'],
  ['outstanding', 'Outstanding'],
  ['prepaid', 'Prepaid'],
  ['distributed', 'Distributed'],
] as const

/** Sums of the whole fund, whatever part of its investors is on the screen. */
const Totals = ({ fund }: { fund: FundView }) => (
  <dl aria-label="Totals of all investors" className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
    <div>
      <dt className="text-muted">Investors</dt>
      <dd className="tabular font-medium">{formatNumber(fund.totals.investors)}</dd>
    </div>
    {totalNames.map(([figure, name]) => (
      <div key={figure}>
        <dt className="text-muted">{name}</dt>
        <dd className="tabular font-medium">{formatMoney(fund.totals[figure], fund.currency)}</dd>
      </div>
    ))}
  </dl>
)

/** Everybody who has promised money to a fund, with where they stand. */
export function FundInvestorsScreen({ fundId }: { fundId: string }) {
  const { may } = useSession()
  const { data: fund } = useFund(fundId)
  const [adding, setAdding] = useState(false)
  const { asked, field } = useSearchField()
  const query = useRecordPages('fund', { fundId, of: 'investors', q: asked }, (cursor, signal) =>
    readFundInvestors(fundId, asked, cursor, signal),
  )
  if (!fund) return null
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <Field label="Search investors" className="w-full max-w-sm">
          {(ids) => <Input {...ids} {...field} placeholder="Name or code" />}
        </Field>
        {may('commitment:change') && fund.state === 'OPEN' ? (
          <Button kind="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add commitment
          </Button>
        ) : null}
      </div>
      {adding ? <NewCommitmentDialog fund={fund} onClose={() => setAdding(false)} /> : null}
      <Totals fund={fund} />
      <DataTable
        label="Investors of the fund"
        columns={columnsFor(fund)}
        rows={query.rows}
        keyOf={({ investorId }) => investorId}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={
          asked ? (
            <NoResults title="No investor of this fund has such a name or code" />
          ) : (
            <EmptyState title="Nobody has promised anything yet">
              Add the commitments that were signed in the first close.
            </EmptyState>
          )
        }
        card={(row) => (
          <div className="grid gap-1">
            <Name fundId={fundId} row={row} />
            <span className="tabular text-muted text-sm">
              {formatMoney(row.figures.commitment, fund.currency)} committed,{' '}
              {formatMoney(row.figures.uncalled, fund.currency)} uncalled,{' '}
              {formatMoney(row.figures.outstanding, fund.currency)} outstanding
            </span>
          </div>
        )}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
      <p className="text-muted text-sm">As of {formatDay(fund.asOf)}</p>
    </div>
  )
}
