// Companies as the API shows them: one statement a list, one a page about one.
import type { CompanyDetail, CompanyFilter, CompanyView, ListCompanies } from '@throughline/contracts'
import { empty, type Sql, sql, type TenantDb } from '@throughline/db'
import { type DealScope, dealWhere } from '../deals/index.ts'
import { afterCursor, dealOfRecordJson, orderOf, ownerJoin, recordColumns, recordCondition } from '../records/index.ts'

const columns = sql`c.id, c.name, c.domain, c.industry, c.size, c.country, ${recordColumns}`

/** The condition on companies `c` that list and file share. */
export async function companyCondition(db: TenantDb, filter: CompanyFilter): Promise<Sql> {
  const { industry, country } = filter
  return sql`${await recordCondition(db, 'company', filter)} ${industry ? sql`and c.industry = ${industry}` : empty}
    ${country ? sql`and c.country = ${country}` : empty}`
}

/** One more than asked for when there is a next page. */
export async function findCompanies(db: TenantDb, query: ListCompanies): Promise<CompanyView[]> {
  const { sort = 'name', limit, cursor } = query
  const where = await companyCondition(db, query)
  return db.query<CompanyView>(sql`
    select ${columns} from (
      select * from companies c where ${where} ${afterCursor(sort, cursor)}
      order by ${orderOf(sort)} limit ${limit + 1}
    ) c ${ownerJoin} order by ${orderOf(sort)}`)
}

/** One company as a list shows it, also from the trash. */
export const readCompany = (db: TenantDb, id: string): Promise<CompanyView | undefined> =>
  db.queryOne<CompanyView>(sql`
    select ${columns} from companies c ${ownerJoin} where c.tenant_id = ${db.tenantId}::uuid and c.id = ${id}::uuid`)

/** One company with its contacts and with those of its deals that are in `scope`. */
export function findCompanyDetail(db: TenantDb, scope: DealScope, id: string): Promise<CompanyDetail | undefined> {
  const contacts = sql`from contacts k where k.tenant_id = ${db.tenantId}::uuid and k.company_id = c.id and k.deleted_at is null`
  const deals = sql`from deals d where ${dealWhere(scope, { companyId: id })}`
  const sumsOf = (stages: typeof deals) => sql`(
    select coalesce(json_agg(json_build_object('currency', s.currency, 'value', s.value::text) order by s.currency), '[]')
    from (select d.currency, sum(d.value) as value ${deals} and d.stage in (${stages}) group by d.currency) s)`
  return db.queryOne<CompanyDetail>(sql`
    select ${columns},
      (select count(*)::int ${contacts}) as "contactCount",
      (select coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'email', k.email, 'title', k.title)), '[]')
        from (select k.* ${contacts} order by k.name, k.id limit 50) k) as contacts,
      (select count(*)::int ${deals}) as "dealCount",
      (select count(*)::int ${deals} and d.stage in ('LEAD', 'QUALIFIED', 'NEGOTIATION')) as "openCount",
      (select count(*)::int ${deals} and d.stage = 'CLOSED_WON') as "wonCount",
      ${sumsOf(sql`'LEAD', 'QUALIFIED', 'NEGOTIATION'`)} as open, ${sumsOf(sql`'CLOSED_WON'`)} as won,
      (select coalesce(json_agg(json_build_object(${dealOfRecordJson})), '[]')
        from (select d.* ${deals} order by d.created_at desc, d.id desc limit 50) d) as deals
    from companies c ${ownerJoin}
    where c.tenant_id = ${db.tenantId}::uuid and c.id = ${id}::uuid and c.deleted_at is null`)
}
