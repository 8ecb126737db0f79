'use client'
import { Combobox, type Picked, useSession } from '@throughline/ui'
import type { ComponentProps } from 'react'
import { postCompany, postContact, readCompanies, readContacts } from './deals.api.ts'

type PickerProps = Omit<ComponentProps<typeof Combobox>, 'name' | 'search' | 'create'>

const searchCompanies = async (typed: string, signal: AbortSignal): Promise<Picked[]> =>
  (await readCompanies(typed, signal)).data.map(({ id, name, domain }) => ({ id, label: name, detail: domain }))

const searchContacts = async (typed: string, signal: AbortSignal): Promise<Picked[]> =>
  (await readContacts(typed, signal)).data.map(({ id, name, email }) => ({ id, label: name, detail: email }))

const createCompany = async (typed: string): Promise<Picked> => {
  const { id, name } = await postCompany(typed)
  return { id, label: name }
}

/** `Ada Lovelace ada@acme.com` is a name and an address. */
async function createContact(typed: string, companyId?: string): Promise<Picked> {
  const email = typed.match(/[^\s<>]+@[^\s<>]+/)?.[0]
  const name =
    typed
      .replace(email ?? '', '')
      .replace(/[<>]/g, '')
      .trim() ||
    (email ?? typed)
  const contact = await postContact({ name, email, companyId })
  return { id: contact.id, label: contact.name, detail: contact.email }
}

/** Finds a company, or writes it down. */
export function CompanyPicker(props: PickerProps) {
  const { may } = useSession()
  return (
    <Combobox
      {...props}
      name="companies"
      search={searchCompanies}
      create={may('company:create') ? createCompany : undefined}
    />
  )
}

/** Finds a person, or writes them down; an address typed behind the name is theirs. */
export function ContactPicker({ companyId, ...props }: PickerProps & { companyId?: string }) {
  const { may } = useSession()
  return (
    <Combobox
      {...props}
      name="contacts"
      search={searchContacts}
      create={may('contact:create') ? (typed) => createContact(typed, companyId) : undefined}
    />
  )
}
