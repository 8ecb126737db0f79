'use client'
import { type CompanyView, exportColumnsOf } from '@throughline/contracts'
import { Avatar, type Column, Field, Input, Select, useHydrated } from '@throughline/ui'
import { askedOf } from '../records/asked-of.ts'
import { Tags } from '../records/record-parts.tsx'
import { RecordToolbar } from '../records/record-toolbar.tsx'
import { RecordName, RecordsScreen } from '../records/records-screen.tsx'
import { type RecordAddress, useRecordFilter } from '../records/use-record-filter.ts'
import { type CompanyFilter, readCompanies } from './companies.api.ts'
import { CompanySheet } from './company-sheet.tsx'
import { countries, countryName } from './countries.ts'
import { NewCompanyDialog } from './new-company-dialog.tsx'

const none = '–'

const Owner = ({ company: { owner } }: { company: CompanyView }) =>
  owner ? (
    <span className="flex items-center gap-2 whitespace-nowrap">
      <Avatar name={owner.name} /> {owner.name}
    </span>
  ) : (
    none
  )

const columnsFor = (address: RecordAddress): Column<CompanyView>[] => [
  {
    header: 'Company',
    cell: (company) => <RecordName what="companies" record={company} address={address} />,
    className: 'min-w-44',
  },
  { header: 'Domain', cell: ({ domain }) => domain ?? none },
  { header: 'Industry', cell: ({ industry }) => industry ?? none, wide: true },
  { header: 'Size', cell: ({ size }) => size ?? none, wide: true, className: 'whitespace-nowrap' },
  { header: 'Country', cell: ({ country }) => (country ? countryName(country) : none), wide: true },
  { header: 'Owner', cell: (company) => <Owner company={company} /> },
]

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
  const address = useRecordFilter()
  const filter: CompanyFilter = {
    ...address.filter,
    industry: address.get('industry'),
    country: address.get('country'),
  }
  return (
    <RecordsScreen
      what="companies"
      address={address}
      filter={filter}
      ownFilters={['industry', 'country']}
      read={readCompanies}
      toolbar={<Filters address={address} filter={filter} />}
      columns={columnsFor(address)}
      lastColumn={{ header: 'Tags', cell: ({ tags }) => <Tags tags={tags} />, wide: true }}
      about={({ domain, industry, country }) =>
        [domain, industry, country && countryName(country)].filter(Boolean).join(' · ')
      }
      exported={{ kind: 'COMPANY', ...askedOf(filter), columns: [...exportColumnsOf.COMPANY] }}
      sheet={<CompanySheet companyId={address.get('company')} onClose={() => address.set({ company: '' })} />}
      create={(props) => <NewCompanyDialog {...props} />}
    />
  )
}
