'use client'
import { useSession } from '@throughline/ui'
import { NewRecordDialog } from '../records/new-record-dialog.tsx'
import { postCompany } from './companies.api.ts'
import { CompanyFields, companyOf } from './company-fields.tsx'

/** Writes a company down, unless it is there already. */
export function NewCompanyDialog(props: { open: boolean; onOpenChange(open: boolean): void }) {
  const { user } = useSession()
  return (
    <NewRecordDialog
      {...props}
      kind="company"
      hrefOf={(id) => `/companies?company=${id}`}
      create={(form, force) => postCompany({ ...companyOf(form), force })}
      fields={(error) => <CompanyFields ownerId={user?.id} error={error} />}
    />
  )
}
