'use client'
import { useQuery } from '@tanstack/react-query'
import {
  type CreateInvestor,
  companyDetail,
  contactDetail,
  type InvestorView,
  investorKinds,
} from '@throughline/contracts'
import { apiFetch, Field, Input, issueAt, type Picked, Select, Textarea } from '@throughline/ui'
import { useState } from 'react'
import { CountryOptions } from '../companies/country-options.tsx'
import { CompanyPicker, ContactPicker } from '../deals/record-pickers.tsx'
import { FormDialog } from '../funds/form-dialog.tsx'
import { linesOf, textOf } from '../records/form-lists.ts'
import { contactsOf, contactsText } from './investor-contacts.ts'
import { patchInvestor, postInvestor } from './investors.api.ts'

export const kindLabels = { PERSON: 'Person', ENTITY: 'Entity' } as const

interface Parties {
  company: Picked | null
  contact: Picked | null
}

const investorOf = (form: FormData, { company, contact }: Parties): CreateInvestor => ({
  name: textOf(form, 'name'),
  kind: textOf(form, 'kind') === 'PERSON' ? 'PERSON' : 'ENTITY',
  ...(textOf(form, 'code') ? { code: textOf(form, 'code') } : {}),
  taxCountry: textOf(form, 'taxCountry') || null,
  contacts: contactsOf(textOf(form, 'contacts')),
  payerNames: linesOf(textOf(form, 'payerNames')),
  companyId: company?.id ?? null,
  contactId: contact?.id ?? null,
})

const Fields = ({ investor, error }: { investor?: InvestorView | undefined; error: unknown }) => (
  <>
    <Field label="Name" error={issueAt(error, 'name')}>
      {(ids) => <Input {...ids} name="name" required maxLength={200} defaultValue={investor?.name} />}
    </Field>
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label="Kind">
        {(ids) => (
          <Select {...ids} name="kind" defaultValue={investor?.kind ?? 'ENTITY'}>
            {investorKinds.map((kind) => (
              <option key={kind} value={kind}>
                {kindLabels[kind]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Code" hint="Given when empty." error={issueAt(error, 'code')}>
        {(ids) => <Input {...ids} name="code" maxLength={30} defaultValue={investor?.code} required={!!investor} />}
      </Field>
      <Field label="Tax country">
        {(ids) => (
          <Select {...ids} name="taxCountry" defaultValue={investor?.taxCountry ?? ''}>
            <option value="">Not known</option>
            <CountryOptions />
          </Select>
        )}
      </Field>
    </div>
    <Field
      label="Contacts"
      hint="A line each: name and address. A minus in front keeps notices from it."
      error={issueAt(error, 'contacts')}
    >
      {(ids) => (
        <Textarea
          {...ids}
          name="contacts"
          defaultValue={contactsText(investor?.contacts ?? [])}
          placeholder="Ann Lee ann@pension.example"
        />
      )}
    </Field>
    <Field
      label="Payer names"
      hint="Names under which its bank pays, a line each."
      error={issueAt(error, 'payerNames')}
    >
      {(ids) => <Textarea {...ids} name="payerNames" defaultValue={investor?.payerNames.join('\n')} />}
    </Field>
  </>
)

/** The names behind the ids of the deal desk. */
function useParties(investor: InvestorView | undefined) {
  const [chosen, setChosen] = useState<Partial<Parties>>({})
  const company = useQuery({
    queryKey: ['company', investor?.companyId],
    queryFn: ({ signal }) => apiFetch(`/tenant/v1/companies/${investor?.companyId}`, { schema: companyDetail, signal }),
    enabled: !!investor?.companyId,
  }).data
  const contact = useQuery({
    queryKey: ['contact', investor?.contactId],
    queryFn: ({ signal }) => apiFetch(`/tenant/v1/contacts/${investor?.contactId}`, { schema: contactDetail, signal }),
    enabled: !!investor?.contactId,
  }).data
  const stored = (id: string | null | undefined, name: string | undefined): Picked | null =>
    id ? { id, label: name ?? 'Linked' } : null
  const parties: Parties = {
    company: chosen.company === undefined ? stored(investor?.companyId, company?.name) : chosen.company,
    contact: chosen.contact === undefined ? stored(investor?.contactId, contact?.name) : chosen.contact,
  }
  return { parties, choose: (change: Partial<Parties>) => setChosen((now) => ({ ...now, ...change })) }
}

/** A new investor, or another state of one. */
export function InvestorDialog({
  investor,
  onClose,
  onDone,
}: {
  investor?: InvestorView
  onClose(): void
  onDone?(made: InvestorView): void
}) {
  const { parties, choose } = useParties(investor)
  return (
    <FormDialog
      title={investor ? 'Edit investor' : 'New investor'}
      submit={investor ? 'Save' : 'Create investor'}
      thing="this investor"
      fields={(error) => (
        <>
          <Fields investor={investor} error={error} />
          <Field label="Company of the deal desk" error={issueAt(error, 'companyId')}>
            {(ids) => <CompanyPicker {...ids} value={parties.company} onChange={(company) => choose({ company })} />}
          </Field>
          <Field label="Person of the deal desk" error={issueAt(error, 'contactId')}>
            {(ids) => <ContactPicker {...ids} value={parties.contact} onChange={(contact) => choose({ contact })} />}
          </Field>
        </>
      )}
      read={(form) => investorOf(form, parties)}
      send={(body, key) =>
        investor ? patchInvestor(investor.id, investor.version, body, key) : postInvestor(body, key)
      }
      done={({ name }) => (investor ? `${name} is changed` : `${name} was created`)}
      stale={['investors', 'investor', 'fund']}
      onClose={onClose}
      {...(onDone ? { onDone } : {})}
    />
  )
}
