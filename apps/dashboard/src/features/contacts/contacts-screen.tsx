'use client'
import { type ContactView, exportColumnsOf } from '@throughline/contracts'
import { Badge, type Column } from '@throughline/ui'
import { askedOf } from '../records/asked-of.ts'
import { RecordToolbar } from '../records/record-toolbar.tsx'
import { RecordName, RecordsScreen } from '../records/records-screen.tsx'
import { type RecordAddress, useRecordFilter } from '../records/use-record-filter.ts'
import { consentLabels, consentTones } from './consent.ts'
import { ContactSheet } from './contact-sheet.tsx'
import { type ContactFilter, readContacts } from './contacts.api.ts'
import { NewContactDialog } from './new-contact-dialog.tsx'

const none = '–'
const companyOf = ({ company }: ContactView): string =>
  company ? `${company.name}${company.deleted ? ' (deleted)' : ''}` : none

const Consent = ({ contact: { consent } }: { contact: ContactView }) => (
  <Badge tone={consentTones[consent]}>{consentLabels[consent]}</Badge>
)

const columnsFor = (address: RecordAddress): Column<ContactView>[] => [
  {
    header: 'Contact',
    cell: (contact) => <RecordName what="contacts" record={contact} address={address} />,
    className: 'min-w-40',
  },
  { header: 'Title', cell: ({ title }) => title ?? none, wide: true },
  { header: 'Company', cell: companyOf },
  { header: 'E-mail', cell: ({ email }) => email ?? none, className: '[overflow-wrap:anywhere]' },
  { header: 'Phone', cell: ({ phones }) => phones[0] ?? none, wide: true, className: 'whitespace-nowrap' },
  { header: 'Consent', cell: (contact) => <Consent contact={contact} />, wide: true },
]

/** The people at the firms that business is done with. */
export function ContactsScreen() {
  const address = useRecordFilter()
  const filter: ContactFilter = { ...address.filter, companyId: address.get('at') }
  return (
    <RecordsScreen
      what="contacts"
      address={address}
      filter={filter}
      ownFilters={['at']}
      read={readContacts}
      toolbar={<RecordToolbar label="Search contacts" placeholder="Name or e-mail" address={address} />}
      columns={columnsFor(address)}
      lastColumn={{ header: 'Owner', cell: ({ owner }) => owner?.name ?? none, wide: true }}
      about={(contact) =>
        [contact.title, contact.company && companyOf(contact), contact.email].filter(Boolean).join(' · ')
      }
      exported={{ kind: 'CONTACT', ...askedOf(filter), columns: [...exportColumnsOf.CONTACT] }}
      sheet={<ContactSheet contactId={address.get('contact')} onClose={() => address.set({ contact: '' })} />}
      create={(props) => <NewContactDialog {...props} />}
    />
  )
}
