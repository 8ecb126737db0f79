'use client'
import { type CompanyView, exportColumnsOf } from '@throughline/contracts'
import {
  Avatar,
  Button,
  type Column,
  DataTable,
  EmptyState,
  Field,
  formatAge,
  Input,
  NoResults,
  PageHeader,
  Select,
  useHydrated,
  useSession,
} from '@throughline/ui'
import { Plus } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { ExportButton } from '../exports/export-button.tsx'
import { askedOf } from '../records/asked-of.ts'
import { LoadMore } from '../records/load-more.tsx'
import { Tags } from '../records/record-parts.tsx'
import { RecordToolbar } from '../records/record-toolbar.tsx'
import { TrashActions } from '../records/trash-actions.tsx'
import { type RecordAddress, useRecordFilter } from '../records/use-record-filter.ts'
import { useRecordPages } from '../records/use-record-pages.ts'
import { type CompanyFilter, readCompanies } from './companies.api.ts'
import { CompanySheet } from './company-sheet.tsx'
import { countries, countryName } from './countries.ts'
import { NewCompanyDialog } from './new-company-dialog.tsx'

const none = '–'

function Name({ company, address }: { company: CompanyView; address: RecordAddress }) {
  if (company.deletedAt) return <span className="font-medium">{company.name}</span>
  return (
    <Link href={address.hrefWith({ company: company.id })} scroll={false} className="font-medium hover:underline">
      {company.name}
    </Link>
  )
}

const Owner = ({ company: { owner } }: { company: CompanyView }) =>
  owner ? (
    <span className="flex items-center gap-2 whitespace-nowrap">
      <Avatar name={owner.name} /> {owner.name}
    </span>
  ) : (
    none
  )

const columnsFor = (address: RecordAddress, trash: boolean): Column<CompanyView>[] => [
  { header: 'Company', cell: (company) => <Name company={company} address={address} />, className: 'min-w-44' },
  { header: 'Domain', cell: ({ domain }) => domain ?? none },
  { header: 'Industry', cell: ({ industry }) => industry ?? none, wide: true },
  { header: 'Size', cell: ({ size }) => size ?? none, wide: true, className: 'whitespace-nowrap' },
  { header: 'Country', cell: ({ country }) => (country ? countryName(country) : none), wide: true },
  { header: 'Owner', cell: (company) => <Owner company={company} /> },
  trash
    ? { header: 'Deleted', cell: (company) => <TrashActions what="companies" record={company} /> }
    : { header: 'Tags', cell: ({ tags }) => <Tags tags={tags} />, wide: true },
]

const Card = ({ company, address }: { company: CompanyView; address: RecordAddress }) => (
  <div className="grid gap-1.5">
    <Name company={company} address={address} />
    <span className="text-muted text-sm [overflow-wrap:anywhere]">
      {[company.domain, company.industry, company.country && countryName(company.country)].filter(Boolean).join(' · ')}
    </span>
    <Tags tags={company.tags} />
    {company.deletedAt ? (
      <>
        <span className="text-muted text-sm">deleted {formatAge(company.deletedAt)}</span>
        <TrashActions what="companies" record={company} />
      </>
    ) : null}
  </div>
)

function Filters({ address, filter }: { address: RecordAddress; filter: CompanyFilter }) {
  // Server and browser do not call every country the same.
  const isHydrated = useHydrated()
  return (
    <RecordToolbar label="Search companies" placeholder="Name or domain" address={address}>
      <Field label="Industry">
        {(ids) => (
          <Input
            {...ids}
            key={filter.industry}
            defaultValue={filter.industry}
            maxLength={80}
            onBlur={(event) => address.set({ industry: event.target.value.trim() })}
            onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          />
        )}
      </Field>
      <Field label="Country">
        {(ids) => (
          <Select {...ids} value={filter.country} onChange={(event) => address.set({ country: event.target.value })}>
            <option value="">Everywhere</option>
            {(isHydrated ? countries : []).map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </RecordToolbar>
  )
}

/** The firms that business is done with. */
export function CompaniesScreen() {
  const { may } = useSession()
  const address = useRecordFilter()
  const filter: CompanyFilter = {
    ...address.filter,
    industry: address.get('industry'),
    country: address.get('country'),
  }
  const [creating, setCreating] = useState(false)
  const query = useRecordPages('companies', filter, (cursor, signal) => readCompanies(filter, cursor, signal))
  const trash = filter.deleted === 'true'
  const filtered = [filter.q, filter.ownerId, filter.tag, filter.industry, filter.country].some((value) => value !== '')
  const clear = () => address.set({ q: '', owner: '', tag: '', industry: '', country: '' })
  return (
    <>
      <PageHeader
        title="Companies"
        actions={
          <>
            {may('record:merge') ? (
              <Button asChild>
                <Link href="/duplicates?kind=company">Duplicates</Link>
              </Button>
            ) : null}
            <ExportButton definition={{ kind: 'COMPANY', ...askedOf(filter), columns: [...exportColumnsOf.COMPANY] }} />
            {may('company:create') ? (
              <Button kind="primary" onClick={() => setCreating(true)}>
                <Plus aria-hidden /> New company
              </Button>
            ) : null}
          </>
        }
      />
      <Filters address={address} filter={filter} />
      <DataTable
        label="Companies"
        columns={columnsFor(address, trash)}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={
          filtered ? (
            <NoResults title="No companies match" action={<Button onClick={clear}>Clear filters</Button>} />
          ) : (
            <EmptyState title={trash ? 'The trash is empty' : 'No companies yet'}>
              {trash
                ? 'What you delete stays here for 30 days.'
                : 'They come with imported deals, or you write the first one down.'}
            </EmptyState>
          )
        }
        card={(company) => <Card company={company} address={address} />}
        footer={query.hasNextPage ? <LoadMore query={query} /> : undefined}
      />
      <CompanySheet companyId={address.get('company')} onClose={() => address.set({ company: '' })} />
      <NewCompanyDialog open={creating} onOpenChange={setCreating} />
    </>
  )
}
