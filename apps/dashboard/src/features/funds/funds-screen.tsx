'use client'
import type { FundSummary } from '@throughline/contracts'
import {
  Button,
  Card,
  type Column,
  DataTable,
  EmptyState,
  formatDay,
  formatMoney,
  formatNumber,
  PageHeader,
  useSession,
} from '@throughline/ui'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { LoadMore } from '../records/load-more.tsx'
import { FundStateBadge } from './fund-state.tsx'
import { NewFundDialog } from './new-fund-dialog.tsx'
import { useListedFunds } from './use-listed-funds.ts'

/** `1 investor`, `5,000 investors`. */
export const investorsOf = ({ totals: { investors } }: Pick<FundSummary, 'totals'>): string =>
  `${formatNumber(investors)} ${investors === 1 ? 'investor' : 'investors'}`

const Name = ({ fund }: { fund: FundSummary }) => (
  <Link href={`/funds/${fund.id}`} className="font-medium hover:underline">
    {fund.name}
  </Link>
)
const sumOf = (figure: 'commitment' | 'called' | 'uncalled' | 'paidIn') => (fund: FundSummary) =>
  formatMoney(fund.totals[figure], fund.currency)

const columns: Column<FundSummary>[] = [
  { header: 'Fund', cell: (fund) => <Name fund={fund} />, className: 'min-w-44' },
  { header: 'State', cell: ({ state }) => <FundStateBadge state={state} /> },
  { header: 'Vintage', cell: ({ vintage }) => vintage, numeric: true, wide: true },
  { header: 'Investors', cell: ({ totals }) => formatNumber(totals.investors), numeric: true },
  { header: 'Commitments', cell: sumOf('commitment'), numeric: true },
  { header: 'Called', cell: sumOf('called'), numeric: true },
  { header: 'Uncalled', cell: sumOf('uncalled'), numeric: true },
  { header: 'Paid in', cell: sumOf('paidIn'), numeric: true, wide: true },
  { header: 'As of', cell: ({ asOf }) => formatDay(asOf), className: 'whitespace-nowrap text-muted', wide: true },
]

const FundCard = ({ fund }: { fund: FundSummary }) => (
  <div className="grid gap-1.5">
    <div className="flex items-center justify-between gap-2">
      <Name fund={fund} />
      <FundStateBadge state={fund.state} />
    </div>
    <p className="tabular text-muted text-sm">
      {investorsOf(fund)}, {formatMoney(fund.totals.commitment, fund.currency)} committed,{' '}
      {formatMoney(fund.totals.called, fund.currency)} called
    </p>
  </div>
)

/** All funds of the firm. */
export function FundsScreen() {
  const { may } = useSession()
  const [creating, setCreating] = useState(false)
  const query = useListedFunds()
  return (
    <>
      <PageHeader
        title="Funds"
        actions={
          <>
            <Button asChild>
              <Link href="/funds/portfolio">Portfolio</Link>
            </Button>
            <Button asChild>
              <Link href="/investors">Investors</Link>
            </Button>
            {may('fund:update') ? (
              <Button kind="primary" onClick={() => setCreating(true)}>
                <Plus aria-hidden /> New fund
              </Button>
            ) : null}
          </>
        }
      >
        What investors have promised, what was called of it, and what was paid.
      </PageHeader>
      {creating ? <NewFundDialog onClose={() => setCreating(false)} /> : null}
      {query.error && query.rows ? (
        <Card className="mb-4 p-4 text-muted text-sm">What follows may be old: the list could not be read again.</Card>
      ) : null}
      <DataTable
        label="Funds"
        columns={columns}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={
          <EmptyState title="There is no fund yet">
            A fund has investors, who are called for the money of the deals that were won.
          </EmptyState>
        }
        card={(fund) => <FundCard fund={fund} />}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
    </>
  )
}
