// The only place that writes contacts one at a time.
import type { ConsentState } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'

export interface ContactValues {
  name: string
  email: string | null
  otherEmails: string[]
  phones: string[]
  title: string | null
  source: string | null
  consent: ConsentState
  consentAt: Date | null
  companyId: string | null
  ownerId: string | null
  tags: string[]
}

/** What a rule needs to know of a contact before it changes. */
export type LockedContact = ContactValues & { version: number }

/** Holds the row until the transaction ends. Nothing for one in the trash. */
export const lockContact = (db: TenantDb, id: string): Promise<LockedContact | undefined> =>
  db.queryOne<LockedContact>(sql`
    select name, email, other_emails as "otherEmails", phones, title, source, consent::text as consent,
      consent_at as "consentAt", company_id as "companyId", owner_id as "ownerId", tags, version from contacts
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and deleted_at is null for update`)

/** @returns the new contact's id */
export async function insertContact(db: TenantDb, values: ContactValues): Promise<string> {
  const { id } = await db.prisma.contact.create({ data: { ...values, tenantId: db.tenantId }, select: { id: true } })
  return id
}

/** Writes the row that `lockContact` holds. */
export async function writeContact(db: TenantDb, id: string, values: ContactValues): Promise<void> {
  await db.prisma.contact.update({
    where: { tenantId_id: { tenantId: db.tenantId, id } },
    data: { ...values, version: { increment: 1 } },
    select: { id: true },
  })
}
