'use client'
import { useSession } from '@throughline/ui'
import { NewRecordDialog } from '../records/new-record-dialog.tsx'
import { ContactFields, contactOf } from './contact-fields.tsx'
import { postContact } from './contacts.api.ts'

/** Writes a contact down, unless it is there already. */
export function NewContactDialog(props: { open: boolean; onOpenChange(open: boolean): void }) {
  const { user } = useSession()
  return (
    <NewRecordDialog
      {...props}
      kind="contact"
      hrefOf={(id) => `/contacts?contact=${id}`}
      create={(form, force) => postContact({ ...contactOf(form), force })}
      fields={(error) => <ContactFields ownerId={user?.id} error={error} />}
    />
  )
}
