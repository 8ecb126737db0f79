'use client'
import type { DealDetail } from '@throughline/contracts'
import { Button, Field, Input, type Picked } from '@throughline/ui'
import { X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useDealActions } from './deal-actions.tsx'
import { Section } from './panel-section.tsx'
import { CompanyPicker, ContactPicker } from './record-pickers.tsx'
import { useDealCache } from './use-deal-cache.ts'

interface PartProps {
  deal: DealDetail
  editable: boolean
}
type Person = DealDetail['contacts'][number]

/** The people of the deal are one list: it is saved whole, and read again with their names. */
function useSavePeople(deal: DealDetail) {
  const { save } = useDealActions()
  const cache = useDealCache()
  return async (people: readonly Pick<Person, 'id' | 'role'>[]) => {
    const contacts = people.map(({ id, role }) => ({ contactId: id, role }))
    if (await save(deal, { contacts })) await cache.refresh('deal')
  }
}

function AddPerson({ deal, onAdd }: { deal: DealDetail; onAdd(person: Pick<Person, 'id' | 'role'>): void }) {
  const [person, setPerson] = useState<Picked | null>(null)
  const [role, setRole] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!person || role.trim() === '') return
    onAdd({ id: person.id, role: role.trim() })
    setPerson(null)
    setRole('')
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-[minmax(0,1fr)_8rem_auto] items-start gap-2">
      <Field label="Another person">
        {(ids) => <ContactPicker {...ids} value={person} onChange={setPerson} companyId={deal.company?.id} />}
      </Field>
      <Field label="Role">
        {(ids) => (
          <Input
            {...ids}
            value={role}
            maxLength={60}
            list="deal-roles"
            onChange={(event) => setRole(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" className="mt-[1.65rem]" disabled={!person || role.trim() === ''}>
        Add
      </Button>
      <datalist id="deal-roles">
        {['Decision maker', 'Champion', 'Adviser', 'Legal', 'Finance'].map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </form>
  )
}

/** Whose deal it is on the other side, and what each of them is in it. */
export function PanelPeople({ deal, editable }: PartProps) {
  const { save } = useDealActions()
  const savePeople = useSavePeople(deal)
  const { company, contact, contacts } = deal
  return (
    <Section title="People">
      <Field label="Company">
        {(ids) => (
          <CompanyPicker
            {...ids}
            disabled={!editable}
            value={company && { id: company.id, label: company.name }}
            onChange={(picked) => void save(deal, { companyId: picked?.id ?? null })}
          />
        )}
      </Field>
      <Field label="Contact">
        {(ids) => (
          <ContactPicker
            {...ids}
            disabled={!editable}
            companyId={company?.id}
            value={contact && { id: contact.id, label: contact.name, detail: contact.email }}
            onChange={(picked) => void save(deal, { contactId: picked?.id ?? null })}
          />
        )}
      </Field>
      {contacts.length > 0 ? (
        <ul aria-label="Other people" className="divide-y divide-line rounded-xl border border-line text-sm">
          {contacts.map((person) => (
            <li key={person.id} className="flex items-center gap-3 px-3 py-2">
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{person.name}</span>
                <span className="block truncate text-muted text-xs">
                  {[person.role, person.email].filter(Boolean).join(' · ')}
                </span>
              </span>
              {editable ? (
                <Button
                  kind="ghost"
                  size="icon"
                  className="size-8 text-muted"
                  aria-label={`Remove ${person.name}`}
                  onClick={() => void savePeople(contacts.filter(({ id }) => id !== person.id))}
                >
                  <X aria-hidden />
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {editable ? (
        <AddPerson
          deal={deal}
          onAdd={(person) => void savePeople([...contacts.filter(({ id }) => id !== person.id), person])}
        />
      ) : null}
    </Section>
  )
}
