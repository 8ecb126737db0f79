'use client'
import { useQuery } from '@tanstack/react-query'
import type { InvestorDetail } from '@throughline/contracts'
import {
  Badge,
  Button,
  Card,
  type Column,
  DataTable,
  EmptyState,
  ErrorState,
  Fact,
  FactList,
  formatDay,
  formatMoney,
  PageHeader,
  Skeleton,
  useHydrated,
  useSession,
} from '@throughline/ui'
import Link from 'next/link'
import { useState } from 'react'
import { countryName } from '../companies/countries.ts'
import { FundStateBadge } from '../funds/fund-state.tsx'
import { BankCard } from './bank-card.tsx'
import { InvestorDialog, kindLabels } from './investor-dialog.tsx'
import { putBank, readBank, readInvestor } from './investors.api.ts'
import { PerformanceTable } from './performance-table.tsx'

type Held = InvestorDetail['positions'][number]
const sumOf = (figure: keyof Held['figures']) => (held: Held) => formatMoney(held.figures[figure], held.currency)

const columnsFor = (investorId: string): Column<Held>[] => [
  {
    header: 'Fund',
    cell: ({ fundId, fundName, defaultedOn }) => (
      <span className="flex flex-wrap items-center gap-2">
        <Link href={`/funds/${fundId}/investors/${investorId}`} className="font-medium hover:underline">
          {fundName}
        </Link>
        {defaultedOn ? <Badge tone="bad">In default</Badge> : null}
      </span>
    ),
    className: 'min-w-44',
  },
  { header: 'State', cell: ({ fundState }) => <FundStateBadge state={fundState} />, wide: true },
  { header: 'Commitment', cell: sumOf('commitment'), numeric: true },
  { header: 'Called', cell: sumOf('called'), numeric: true },
  { header: 'Uncalled', cell: sumOf('uncalled'), numeric: true },
  { header: 'Outstanding', cell: sumOf('outstanding'), numeric: true },
  { header: 'Distributed', cell: sumOf('distributed'), numeric: true, wide: true },
  { header: 'As of', cell: ({ asOf }) => formatDay(asOf), className: 'whitespace-nowrap text-muted', wide: true },
]

function About({ investor }: { investor: InvestorDetail }) {
  const isHydrated = useHydrated()
  const { taxCountry, contacts, payerNames, companyId, contactId } = investor
  return (
    <Card className="p-4 sm:p-6">
      <FactList>
        <Fact name="Kind">{kindLabels[investor.kind]}</Fact>
        <Fact name="Tax country">{taxCountry ? (isHydrated ? countryName(taxCountry) : taxCountry) : 'Not known'}</Fact>
        <Fact name="Contacts">
          {contacts.length === 0
            ? 'None'
            : contacts.map(({ name, email, notices }) => (
                <span key={email} className="block">
                  {name} {email} {notices ? null : <Badge tone="neutral">No notices</Badge>}
                </span>
              ))}
        </Fact>
        <Fact name="Pays as">{payerNames.join(', ') || 'Its name'}</Fact>
        {companyId || contactId ? (
          <Fact name="Deal desk">
            {companyId ? (
              <Link href={`/companies?company=${companyId}`} className="underline">
                Its company
              </Link>
            ) : null}{' '}
            {contactId ? (
              <Link href={`/contacts?contact=${contactId}`} className="underline">
                Its contact
              </Link>
            ) : null}
          </Fact>
        ) : null}
      </FactList>
    </Card>
  )
}

/** One investor: who it is, and where it stands in every fund. */
export function InvestorScreen({ investorId }: { investorId: string }) {
  const { may } = useSession()
  const [editing, setEditing] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['investor', investorId],
    queryFn: ({ signal }) => readInvestor(investorId, signal),
  })
  if (error && !data)
    return (
      <Card>
        <ErrorState error={error} onRetry={() => void refetch()} />
      </Card>
    )
  if (!data) return <Skeleton className="h-64 rounded-2xl" />
  return (
    <>
      <PageHeader
        title={data.name}
        actions={may('investor:update') ? <Button onClick={() => setEditing(true)}>Edit investor</Button> : null}
      >
        {data.code}
      </PageHeader>
      {editing ? <InvestorDialog investor={data} onClose={() => setEditing(false)} /> : null}
      <div className="grid gap-6">
        <DataTable
          label="Positions"
          columns={columnsFor(investorId)}
          rows={data.positions}
          keyOf={({ fundId }) => fundId}
          empty={
            <EmptyState title="It is in no fund yet">
              A commitment is written down on the page of the investors of a fund.
            </EmptyState>
          }
        />
        <PerformanceTable investorId={investorId} />
        <About investor={data} />
        <BankCard
          title="Bank account"
          about="Where distributions go to. Only the last characters are shown."
          mask={data.bankMask}
          version={data.version}
          save={(body) => putBank(investorId, body)}
          reveal={() => readBank(investorId)}
          stale={['investor', 'investors']}
        />
      </div>
    </>
  )
}
