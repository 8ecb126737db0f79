'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { CompanyDetail, UpdateCompany } from '@throughline/contracts'
import {
  Alert,
  Button,
  ErrorState,
  Fact,
  FactList,
  formatAge,
  formatMoney,
  Sheet,
  Skeleton,
  toast,
  useSession,
} from '@throughline/ui'
import Link from 'next/link'
import type { FormEvent } from 'react'
import { countsOf, DealsPart, Part } from '../records/record-parts.tsx'
import { DeleteButton } from '../records/trash-actions.tsx'
import { useGoing } from '../records/use-going.ts'
import { useStaleRecords } from '../records/use-trash.ts'
import { refusalOf } from '../settings/refusal.ts'
import { TimelinePanel } from '../timeline/timeline-panel.tsx'
import { patchCompany, readCompany } from './companies.api.ts'
import { CompanyFields, companyOf } from './company-fields.tsx'

function CompanyForm({ company, editable }: { company: CompanyDetail; editable: boolean }) {
  const refresh = useStaleRecords()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (changes: UpdateCompany) => patchCompany(company.id, company.version, changes),
    onSuccess: () => toast.success('Saved'),
    onSettled: refresh,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate(companyOf(new FormData(event.currentTarget)))
  }
  return (
    <form onSubmit={submit} aria-label="Company" className="grid gap-4">
      {error ? <Alert>{refusalOf(error, 'this company')}</Alert> : null}
      <fieldset disabled={!editable} className="grid gap-4">
        <CompanyFields company={company} error={error} />
      </fieldset>
      {editable ? (
        <Button kind="primary" type="submit" disabled={isPending} className="justify-self-end">
          Save changes
        </Button>
      ) : null}
    </form>
  )
}

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
export function CompanySheet({ companyId, onClose }: { companyId: string; onClose(): void }) {
  const { isGoing, setGoing } = useGoing(companyId)
  const { user, may } = useSession()
  const { data: company, error } = useQuery({
    queryKey: ['company', companyId],
    queryFn: ({ signal }) => readCompany(companyId, signal),
    enabled: companyId !== '' && !isGoing,
  })
  const editable = may('company:update') && (user?.role !== 'member' || company?.owner?.id === user?.id)
  return (
    <Sheet open={companyId !== ''} onOpenChange={(open) => !open && onClose()} title={company?.name ?? 'Company'}>
      {error ? <ErrorState error={error} /> : null}
      {!company && !error ? <Skeleton className="h-72" /> : null}
      {company ? (
        <div className="grid gap-6">
          <Figures company={company} />
          <CompanyForm key={`${company.id}-${company.version}`} company={company} editable={editable} />
          <Contacts company={company} />
          <DealsPart count={company.dealCount} deals={company.deals} />
          <section aria-label="Timeline of the company" className="grid gap-3">
            <h3 className="font-semibold text-sm">Timeline</h3>
            <TimelinePanel subject={{ kind: 'company', id: company.id }} writable={editable} />
          </section>
          {editable ? (
            <div>
              <DeleteButton
                what="companies"
                record={company}
                stays={countsOf({ contact: company.contactCount, deal: company.dealCount })}
                onGoing={setGoing}
                onDeleted={onClose}
              />
            </div>
          ) : null}
        </div>
      ) : null}
    </Sheet>
  )
}
