'use client'
import type { InvestorView } from '@throughline/contracts'
import {
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  Input,
  NoResults,
  PageHeader,
  useHydrated,
  useSession,
} from '@throughline/ui'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { countryName } from '../companies/countries.ts'
import { LoadMore } from '../records/load-more.tsx'
import { useRecordPages } from '../records/use-record-pages.ts'
import { InvestorDialog, kindLabels } from './investor-dialog.tsx'
import { readInvestors } from './investors.api.ts'
import { useSearchField } from './use-search-field.ts'

const Name = ({ investor }: { investor: InvestorView }) => (
  <Link href={`/investors/${investor.id}`} className="font-medium hover:underline">
    {investor.name}
  </Link>
)
const Country = ({ code }: { code: string | null }) => (useHydrated() && code ? countryName(code) : (code ?? '–'))

const columns: Column<InvestorView>[] = [
  { header: 'Investor', cell: (investor) => <Name investor={investor} />, className: 'min-w-44' },
  { header: 'Code', cell: ({ code }) => code, className: 'whitespace-nowrap' },
  { header: 'Kind', cell: ({ kind }) => kindLabels[kind] },
  { header: 'Tax country', cell: ({ taxCountry }) => <Country code={taxCountry} />, wide: true },
  {
    header: 'Notices go to',
    cell: ({ contacts }) =>
      contacts
        .filter(({ notices }) => notices)
        .map(({ email }) => email)
        .join(', ') || '–',
    wide: true,
    className: '[overflow-wrap:anywhere]',
  },
  { header: 'Account', cell: ({ bankMask }) => bankMask ?? '–', className: 'whitespace-nowrap', wide: true },
]

/** Everybody who has promised money, or may. */
export function InvestorsScreen() {
  const { may } = useSession()
  const router = useRouter()
  const [creating, setCreating] = useState(false)
  const { asked, field } = useSearchField()
  const query = useRecordPages('investors', { q: asked }, (cursor, signal) => readInvestors(asked, cursor, signal))
  return (
    <>
      <PageHeader
        title="Investors"
        actions={
          may('investor:update') ? (
            <Button kind="primary" onClick={() => setCreating(true)}>
              <Plus aria-hidden /> New investor
            </Button>
          ) : null
        }
      >
        Who promises money to{' '}
        <Link href="/funds" className="underline">
          funds
        </Link>
        .
      </PageHeader>
      {creating ? (
        <InvestorDialog onClose={() => setCreating(false)} onDone={({ id }) => router.push(`/investors/${id}`)} />
      ) : null}
      <Field label="Search investors" className="mb-4 max-w-sm">
        {(ids) => <Input {...ids} {...field} placeholder="Name or code" />}
      </Field>
      <DataTable
        label="Investors"
        columns={columns}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.rows ? undefined : query.error}
        onRetry={() => void query.refetch()}
        empty={
          asked ? (
            <NoResults title="No investor has such a name or code" />
          ) : (
            <EmptyState title="There is no investor yet">
              An investor signs a commitment to a fund, and is called for it.
            </EmptyState>
          )
        }
        card={(investor) => (
          <div className="grid gap-1">
            <Name investor={investor} />
            <span className="text-muted text-sm">
              {investor.code}, {kindLabels[investor.kind].toLowerCase()}
            </span>
          </div>
        )}
        footer={query.hasNextPage ? <LoadMore query={query} /> : null}
      />
    </>
  )
}
