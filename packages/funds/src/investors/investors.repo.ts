// The only place that writes investors.
import type { InvestorKind, InvestorView } from '@throughline/contracts'
import { type Sql, sql, type TenantDb } from '@throughline/db'
import type { KeptAccount } from '../bank-accounts.ts'

export interface InvestorValues {
  code: string
  name: string
  kind: InvestorKind
  taxCountry: string | null
  contacts: InvestorView['contacts']
  payerNames: string[]
  companyId: string | null
  contactId: string | null
}

export interface InvestorRow extends InvestorValues {
  id: string
  bankMask: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

export const investorColumns = sql`i.id, i.code, i.name, i.kind::text as kind, i.tax_country as "taxCountry", i.contacts,
  i.payer_names as "payerNames", i.company_id as "companyId", i.contact_id as "contactId", i.bank_mask as "bankMask",
  i.version, i.created_at as "createdAt", i.updated_at as "updatedAt"`
export const oneInvestor = (db: TenantDb, id: string): Sql =>
  sql`i.tenant_id = ${db.tenantId}::uuid and i.id = ${id}::uuid`

export const findInvestor = (db: TenantDb, id: string): Promise<InvestorRow | undefined> =>
  db.queryOne<InvestorRow>(sql`select ${investorColumns} from investors i where ${oneInvestor(db, id)}`)

/** Held until the transaction ends; rows that refer to it can still be added. */
export const lockInvestor = (
  db: TenantDb,
  id: string,
): Promise<(InvestorRow & { bankSealed: string | null }) | undefined> =>
  db.queryOne(sql`select ${investorColumns}, i.bank_sealed as "bankSealed" from investors i
    where ${oneInvestor(db, id)} for no key update`)

/** The next free `LP-…`; nobody else takes one until the transaction ends. */
export async function nextCode(db: TenantDb): Promise<string> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`investor codes of ${db.tenantId}`}, 0))`)
  const row = await db.queryOne<{ next: number }>(sql`
    select coalesce(max(substring(code from '^LP-([0-9]{1,9})$')::int), 0) + 1 as next from investors
    where tenant_id = ${db.tenantId}::uuid and code like 'LP-%'`)
  return `LP-${String(row?.next ?? 1).padStart(4, '0')}`
}

export const insertInvestor = (db: TenantDb, id: string, values: InvestorValues, now: Date): Promise<number> =>
  db.execute(sql`insert into investors (tenant_id, id, code, name, kind, tax_country, contacts, payer_names, company_id,
      contact_id, created_at, updated_at)
    values (${db.tenantId}::uuid, ${id}::uuid, ${values.code}, ${values.name}, ${values.kind}::"InvestorKind",
      ${values.taxCountry}, ${JSON.stringify(values.contacts)}::jsonb, ${values.payerNames}::text[],
      ${values.companyId}::uuid, ${values.contactId}::uuid, ${now}::timestamptz, ${now}::timestamptz)`)

/** Writes the row that `lockInvestor` holds. */
export const writeInvestor = (db: TenantDb, id: string, values: InvestorValues, now: Date): Promise<number> =>
  db.execute(sql`update investors i set code = ${values.code}, name = ${values.name}, kind = ${values.kind}::"InvestorKind",
      tax_country = ${values.taxCountry}, contacts = ${JSON.stringify(values.contacts)}::jsonb,
      payer_names = ${values.payerNames}::text[], company_id = ${values.companyId}::uuid, contact_id = ${values.contactId}::uuid,
      version = version + 1, updated_at = ${now}::timestamptz
    where ${oneInvestor(db, id)}`)

export const writeBank = (db: TenantDb, id: string, { sealed, mask }: KeptAccount, now: Date): Promise<number> =>
  db.execute(sql`update investors i set bank_sealed = ${sealed}, bank_mask = ${mask}, version = version + 1,
    updated_at = ${now}::timestamptz where ${oneInvestor(db, id)}`)

/** Whether the deal desk has the company and the contact; what is not named is there. */
export async function partiesExist(
  db: TenantDb,
  { companyId, contactId }: Pick<InvestorValues, 'companyId' | 'contactId'>,
): Promise<{ company: boolean; contact: boolean }> {
  const t = sql`${db.tenantId}::uuid`
  const row = await db.queryOne<{ company: boolean; contact: boolean }>(sql`select
    ${companyId}::uuid is null or exists (select from companies c where c.tenant_id = ${t} and c.id = ${companyId}::uuid) as company,
    ${contactId}::uuid is null or exists (select from contacts c where c.tenant_id = ${t} and c.id = ${contactId}::uuid) as contact`)
  return row ?? { company: false, contact: false }
}
