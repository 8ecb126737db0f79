'use client'
import { type ContactView, exportColumnsOf } from '@throughline/contracts'
import {
  Badge,
  Button,
  type Column,
  DataTable,
  EmptyState,
  formatAge,
  NoResults,
  PageHeader,
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
import { consentLabels, consentTones } from './consent.ts'
import { ContactSheet } from './contact-sheet.tsx'
import { type ContactFilter, readContacts } from './contacts.api.ts'
import { NewContactDialog } from './new-contact-dialog.tsx'

const none = '–'
const companyOf = ({ company }: ContactView): string =>
  company ? `${company.name}${company.deleted ? ' (deleted)' : ''}` : none

function Name({ contact, address }: { contact: ContactView; address: RecordAddress }) {
  if (contact.deletedAt) return <span className="font-medium">{contact.name}</span>
  return (
    <Link href={address.hrefWith({ contact: contact.id })} scroll={false} className="font-medium hover:underline">
      {contact.name}
    </Link>
  )
}

const Consent = ({ contact: { consent } }: { contact: ContactView }) => (
  <Badge tone={consentTones[consent]}>{consentLabels[consent]}</Badge>
)

const columnsFor = (address: RecordAddress, trash: boolean): Column<ContactView>[] => [
  { header: 'Contact', cell: (contact) => <Name contact={contact} address={address} />, className: 'min-w-40' },
  { header: 'Title', cell: ({ title }) => title ?? none, wide: true },
  { header: 'Company', cell: companyOf },
  { header: 'E-mail', cell: ({ email }) => email ?? none, className: '[overflow-wrap:anywhere]' },
  { header: 'Phone', cell: ({ phones }) => phones[0] ?? none, wide: true, className: 'whitespace-nowrap' },
  { header: 'Consent', cell: (contact) => <Consent contact={contact} />, wide: true },
  trash
    ? { header: 'Deleted', cell: (contact) => <TrashActions what="contacts" record={contact} /> }
    : { header: 'Owner', cell: ({ owner }) => owner?.name ?? none, wide: true },
]

const Card = ({ contact, address }: { contact: ContactView; address: RecordAddress }) => (
  <div className="grid gap-1.5">
    <Name contact={contact} address={address} />
    <span className="text-muted text-sm [overflow-wrap:anywhere]">
      {[contact.title, contact.company && companyOf(contact), contact.email].filter(Boolean).join(' · ')}
    </span>
    <Tags tags={contact.tags} />
    {contact.deletedAt ? (
      <>
        <span className="text-muted text-sm">deleted {formatAge(contact.deletedAt)}</span>
        <TrashActions what="contacts" record={contact} />
      </>
    ) : null}
  </div>
)

/** The people at the firms that business is done with. */
export function ContactsScreen() {
  const { may } = useSession()
  const address = useRecordFilter()
  const filter: ContactFilter = { ...address.filter, companyId: address.get('at') }
  const [creating, setCreating] = useState(false)
  const query = useRecordPages('contacts', filter, (cursor, signal) => readContacts(filter, cursor, signal))
  const trash = filter.deleted === 'true'
  const filtered = [filter.q, filter.ownerId, filter.tag, filter.companyId].some((value) => value !== '')
  const clear = () => address.set({ q: '', owner: '', tag: '', at: '' })
  return (
    <>
      <PageHeader
        title="Contacts"
        actions={
          <>
            {may('record:merge') ? (
              <Button asChild>
                <Link href="/duplicates?kind=contact">Duplicates</Link>
              </Button>
            ) : null}
            <ExportButton definition={{ kind: 'CONTACT', ...askedOf(filter), columns: [...exportColumnsOf.CONTACT] }} />
            {may('contact:create') ? (
              <Button kind="primary" onClick={() => setCreating(true)}>
                <Plus aria-hidden /> New contact
              </Button>
            ) : null}
          </>
        }
      />
      <RecordToolbar label="Search contacts" placeholder="Name or e-mail" address={address} />
      <DataTable
        label="Contacts"
        columns={columnsFor(address, trash)}
        rows={query.rows}
        keyOf={({ id }) => id}
        error={query.error}
        onRetry={() => void query.refetch()}
        empty={
          filtered ? (
            <NoResults title="No contacts match" action={<Button onClick={clear}>Clear filters</Button>} />
          ) : (
            <EmptyState title={trash ? 'The trash is empty' : 'No contacts yet'}>
              {trash
                ? 'What you delete stays here for 30 days.'
                : 'They come with imported deals, or you write the first one down.'}
            </EmptyState>
          )
        }
        card={(contact) => <Card contact={contact} address={address} />}
        footer={query.hasNextPage ? <LoadMore query={query} /> : undefined}
      />
      <ContactSheet contactId={address.get('contact')} onClose={() => address.set({ contact: '' })} />
      <NewContactDialog open={creating} onOpenChange={setCreating} />
    </>
  )
}
