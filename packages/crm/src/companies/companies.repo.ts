// The only place that writes companies one at a time.
import type { CompanyView } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'

export interface CompanyValues {
  name: string
  domain: string | null
  industry: string | null
  size: CompanyView['size']
  country: string | null
  ownerId: string | null
  tags: string[]
}

/** What a rule needs to know of a company before it changes. */
export type LockedCompany = CompanyValues & { version: number }

/** Holds the row until the transaction ends. Nothing for one in the trash. */
export const lockCompany = (db: TenantDb, id: string): Promise<LockedCompany | undefined> =>
  db.queryOne<LockedCompany>(sql`
    select name, domain, industry, size, country, owner_id as "ownerId", tags, version from companies
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and deleted_at is null for update`)

/** @returns the new company's id */
export async function insertCompany(db: TenantDb, values: CompanyValues): Promise<string> {
  const { id } = await db.prisma.company.create({ data: { ...values, tenantId: db.tenantId }, select: { id: true } })
  return id
}

/** Writes the row that `lockCompany` holds. */
export async function writeCompany(db: TenantDb, id: string, values: CompanyValues): Promise<void> {
  await db.prisma.company.update({
    where: { tenantId_id: { tenantId: db.tenantId, id } },
    data: { ...values, version: { increment: 1 } },
    select: { id: true },
  })
}
