'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import type { ContactDetail, UpdateContact } from '@throughline/contracts'
import {
  Alert,
  Badge,
  Button,
  ErrorState,
  Fact,
  FactList,
  formatAge,
  formatInstant,
  Sheet,
  Skeleton,
  toast,
  useSession,
} from '@throughline/ui'
import Link from 'next/link'
import type { FormEvent } from 'react'
import { countsOf, DealsPart } from '../records/record-parts.tsx'
import { DeleteButton } from '../records/trash-actions.tsx'
import { useGoing } from '../records/use-going.ts'
import { useStaleRecords } from '../records/use-trash.ts'
import { refusalOf } from '../settings/refusal.ts'
import { TimelinePanel } from '../timeline/timeline-panel.tsx'
import { consentLabels, consentTones } from './consent.ts'
import { ContactFields, contactOf } from './contact-fields.tsx'
import { patchContact, readContact } from './contacts.api.ts'

function ContactForm({ contact, editable }: { contact: ContactDetail; editable: boolean }) {
  const refresh = useStaleRecords()
  const { mutate, isPending, error } = useMutation({
    mutationFn: (changes: UpdateContact) => patchContact(contact.id, contact.version, changes),
    onSuccess: () => toast.success('Saved'),
    onSettled: refresh,
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    mutate(contactOf(new FormData(event.currentTarget)))
  }
  return (
    <form onSubmit={submit} aria-label="Contact" className="grid gap-4">
      {error ? <Alert>{refusalOf(error, 'this contact')}</Alert> : null}
      <fieldset disabled={!editable} className="grid gap-4">
        <ContactFields contact={contact} error={error} />
      </fieldset>
      {editable ? (
        <Button kind="primary" type="submit" disabled={isPending} className="justify-self-end">
          Save changes
        </Button>
      ) : null}
    </form>
  )
}

function Facts({ contact }: { contact: ContactDetail }) {
  const { user } = useSession()
  const { company, consent, consentAt } = contact
  return (
    <FactList>
      <Fact name="Company">
        {company && !company.deleted ? (
          <Link href={`/companies?company=${company.id}`} className="font-medium hover:underline">
            {company.name}
          </Link>
        ) : null}
        {company?.deleted ? `${company.name} (deleted)` : null}
        {company ? null : '–'}
      </Fact>
      <Fact name="Consent">
        <Badge tone={consentTones[consent]}>{consentLabels[consent]}</Badge>{' '}
        {consentAt ? `since ${formatInstant(consentAt, user?.tenant?.timezone)}` : ''}
      </Fact>
      <Fact name="Changed">{formatAge(contact.updatedAt)}</Fact>
    </FactList>
  )
}

/** One contact beside the list it was opened from. */
export function ContactSheet({ contactId, onClose }: { contactId: string; onClose(): void }) {
  const { isGoing, setGoing } = useGoing(contactId)
  const { user, may } = useSession()
  const { data: contact, error } = useQuery({
    queryKey: ['contact', contactId],
    queryFn: ({ signal }) => readContact(contactId, signal),
    enabled: contactId !== '' && !isGoing,
  })
  const editable = may('contact:update') && (user?.role !== 'member' || contact?.owner?.id === user?.id)
  return (
    <Sheet open={contactId !== ''} onOpenChange={(open) => !open && onClose()} title={contact?.name ?? 'Contact'}>
      {error ? <ErrorState error={error} /> : null}
      {!contact && !error ? <Skeleton className="h-72" /> : null}
      {contact ? (
        <div className="grid gap-6">
          <Facts contact={contact} />
          <ContactForm key={`${contact.id}-${contact.version}`} contact={contact} editable={editable} />
          <DealsPart count={contact.dealCount} deals={contact.deals} />
          <section aria-label="Timeline of the contact" className="grid gap-3">
            <h3 className="font-semibold text-sm">Timeline</h3>
            <TimelinePanel subject={{ kind: 'contact', id: contact.id }} writable={editable} />
          </section>
          {editable ? (
            <div>
              <DeleteButton
                what="contacts"
                record={contact}
                stays={countsOf({ deal: contact.dealCount })}
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
