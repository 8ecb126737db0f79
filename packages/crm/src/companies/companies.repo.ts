import type {
  CompanyView,
  ContactView,
  CreateCompany,
  CreateContact,
  ListCompanies,
  ListContacts,
} from '@throughline/contracts'
import { decodeCursor, empty, likePattern, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'

const nameCursor = z.tuple([z.string(), z.uuid()])

const afterName = (cursor: string | undefined) => {
  if (!cursor) return empty
  const [name, id] = decodeCursor(cursor, nameCursor)
  return sql`and (name, id) > (${name}, ${id}::uuid)`
}

/** By name; one more than asked for when there is a next page. */
export const findCompanies = (db: TenantDb, { q, limit, cursor }: ListCompanies): Promise<CompanyView[]> =>
  db.query<CompanyView>(sql`
    select id, name, domain from companies
    where tenant_id = ${db.tenantId}::uuid
      ${q ? sql`and (name ilike ${likePattern(q)} or domain ilike ${likePattern(q)})` : empty} ${afterName(cursor)}
    order by name, id limit ${limit + 1}`)

/** By name; one more than asked for when there is a next page. */
export const findContacts = (db: TenantDb, { q, companyId, limit, cursor }: ListContacts): Promise<ContactView[]> =>
  db.query<ContactView>(sql`
    select id, name, email, company_id as "companyId" from contacts
    where tenant_id = ${db.tenantId}::uuid
      ${companyId ? sql`and company_id = ${companyId}::uuid` : empty}
      ${q ? sql`and (name ilike ${likePattern(q)} or email ilike ${likePattern(q)})` : empty} ${afterName(cursor)}
    order by name, id limit ${limit + 1}`)

const companyFields = { id: true, name: true, domain: true } as const
const contactFields = { id: true, name: true, email: true, companyId: true } as const

/** The company that has this domain already. */
export const findCompanyByDomain = (db: TenantDb, domain: string) =>
  db.prisma.company.findFirst({ where: { tenantId: db.tenantId, domain }, select: companyFields })

/** The contact that has this e-mail already. */
export const findContactByEmail = (db: TenantDb, email: string) =>
  db.prisma.contact.findFirst({ where: { tenantId: db.tenantId, email }, select: contactFields })

/** Whether this tenant has the company. */
export const hasCompany = async (db: TenantDb, id: string): Promise<boolean> =>
  (await db.prisma.company.findFirst({ where: { tenantId: db.tenantId, id }, select: { id: true } })) !== null

export const insertCompany = (db: TenantDb, input: CreateCompany & { ownerId: string | null }): Promise<CompanyView> =>
  db.prisma.company.create({ data: { ...input, tenantId: db.tenantId }, select: companyFields })

export const insertContact = (db: TenantDb, input: CreateContact): Promise<ContactView> =>
  db.prisma.contact.create({ data: { ...input, tenantId: db.tenantId }, select: contactFields })
