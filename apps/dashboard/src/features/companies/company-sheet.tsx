'use client'
import type { CompanyDetail } from '@throughline/contracts'
import { Fact, FactList, formatAge, formatMoney } from '@throughline/ui'
import Link from 'next/link'
import { countsOf, Part } from '../records/record-parts.tsx'
import { RecordSheet } from '../records/record-sheet.tsx'
import { patchCompany, readCompany } from './companies.api.ts'
import { CompanyFields, companyOf } from './company-fields.tsx'

const sumsOf = (sums: CompanyDetail['open']): string =>
  sums.map(({ currency, value }) => formatMoney(value, currency)).join(', ')

const Figures = ({ company }: { company: CompanyDetail }) => (
  <FactList>
    <Fact name="Open deals">
      {company.openCount} {company.openCount > 0 ? `worth ${sumsOf(company.open)}` : ''}
    </Fact>
    <Fact name="Won deals">
      {company.wonCount} {company.wonCount > 0 ? `worth ${sumsOf(company.won)}` : ''}
    </Fact>
    <Fact name="Changed">{formatAge(company.updatedAt)}</Fact>
  </FactList>
)

const Contacts = ({ company }: { company: CompanyDetail }) => (
  <Part title={`Contacts (${company.contactCount})`} empty="No contacts yet.">
    {company.contacts.map(({ id, name, email, title }) => (
      <li key={id}>
        <Link href={`/contacts?contact=${id}`} className="font-medium hover:underline">
          {name}
        </Link>{' '}
        <span className="text-muted [overflow-wrap:anywhere]">{[title, email].filter(Boolean).join(', ')}</span>
      </li>
    ))}
  </Part>
)

/** One company beside the list it was opened from. */
export const CompanySheet = ({ companyId, onClose }: { companyId: string; onClose(): void }) => (
  <RecordSheet
    what="companies"
    id={companyId}
    onClose={onClose}
    read={readCompany}
    change={({ id, version }, form) => patchCompany(id, version, companyOf(form))}
    fields={(company, error) => <CompanyFields company={company} error={error} />}
    facts={(company) => <Figures company={company} />}
    parts={(company) => <Contacts company={company} />}
    stays={({ contactCount, dealCount }) => countsOf({ contact: contactCount, deal: dealCount })}
  />
)
