'use client'
import type { ContactDetail } from '@throughline/contracts'
import { Badge, Fact, FactList, formatAge, formatInstant, useSession } from '@throughline/ui'
import Link from 'next/link'
import { countsOf } from '../records/record-parts.tsx'
import { RecordSheet } from '../records/record-sheet.tsx'
import { consentLabels, consentTones } from './consent.ts'
import { ContactFields, contactOf } from './contact-fields.tsx'
import { patchContact, readContact } from './contacts.api.ts'

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
export const ContactSheet = ({ contactId, onClose }: { contactId: string; onClose(): void }) => (
  <RecordSheet
    what="contacts"
    id={contactId}
    onClose={onClose}
    read={readContact}
    change={({ id, version }, form) => patchContact(id, version, contactOf(form))}
    fields={(contact, error) => <ContactFields contact={contact} error={error} />}
    facts={(contact) => <Facts contact={contact} />}
    stays={({ dealCount }) => countsOf({ deal: dealCount })}
  />
)
