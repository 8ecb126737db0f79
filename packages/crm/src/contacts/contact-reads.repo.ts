// Contacts as the API shows them: one statement a list, one a page about one.
import type { ContactDetail, ContactFilter, ContactView, ListContacts } from '@throughline/contracts'
import { empty, instantOf, type Sql, sql, type TenantDb } from '@throughline/db'
import { type DealScope, dealWhere } from '../deals/index.ts'
import { afterCursor, dealOfRecordJson, orderOf, ownerJoin, recordColumns, recordCondition } from '../records/index.ts'

const columns = sql`c.id, c.name, c.email, c.other_emails as "otherEmails", c.phones, c.title, c.source, c.consent,
  ${instantOf(sql`c.consent_at`)} as "consentAt", c.company_id as "companyId",
  case when co.id is not null
    then json_build_object('id', co.id, 'name', co.name, 'deleted', co.deleted_at is not null) end as company,
  ${recordColumns}`
const joins = sql`left join companies co on co.tenant_id = c.tenant_id and co.id = c.company_id ${ownerJoin}`

/** The condition on contacts `c` that list and file share. */
export async function contactCondition(db: TenantDb, filter: ContactFilter): Promise<Sql> {
  const { companyId } = filter
  return sql`${await recordCondition(db, 'contact', filter)}
    ${companyId ? sql`and c.company_id = ${companyId}::uuid` : empty}`
}

/** One more than asked for when there is a next page. */
export async function findContacts(db: TenantDb, query: ListContacts): Promise<ContactView[]> {
  const { sort = 'name', limit, cursor } = query
  const where = await contactCondition(db, query)
  return db.query<ContactView>(sql`
    select ${columns} from (
      select * from contacts c where ${where} ${afterCursor(sort, cursor)}
      order by ${orderOf(sort)} limit ${limit + 1}
    ) c ${joins} order by ${orderOf(sort)}`)
}

/** One contact as a list shows it, also from the trash. */
export const readContact = (db: TenantDb, id: string): Promise<ContactView | undefined> =>
  db.queryOne<ContactView>(sql`
    select ${columns} from contacts c ${joins} where c.tenant_id = ${db.tenantId}::uuid and c.id = ${id}::uuid`)

/** One contact with those of its deals that are in `scope`. */
export function findContactDetail(db: TenantDb, scope: DealScope, id: string): Promise<ContactDetail | undefined> {
  const t = sql`${db.tenantId}::uuid`
  const parts = sql`(
    select d.id, null as role from deals d where d.tenant_id = ${t} and d.contact_id = c.id
    union all select p.deal_id, p.role from deal_contacts p where p.tenant_id = ${t} and p.contact_id = c.id
  ) part join deals d on d.tenant_id = ${t} and d.id = part.id where ${dealWhere(scope, {})}`
  return db.queryOne<ContactDetail>(sql`
    select ${columns}, (select count(distinct d.id)::int from ${parts}) as "dealCount",
      (select coalesce(json_agg(json_build_object(${dealOfRecordJson}, 'role', d.role) order by d.created_at desc, d.id desc), '[]')
        from (select d.*, part.role from ${parts} order by d.created_at desc, d.id desc limit 50) d) as deals
    from contacts c ${joins}
    where c.tenant_id = ${t} and c.id = ${id}::uuid and c.deleted_at is null`)
}
