import { type Sql, sql, type TenantDb } from '@throughline/db'

/**
 * Waits for the deals that others are just creating for a changed record, and makes those that come later wait for the
 * end of the import: the import has written these rows, but that alone does not keep a deal from naming them.
 */
const holdChanged = (db: TenantDb, kind: string, table: Sql): Promise<number> =>
  db.execute(sql`
    with held as materialized (
      select r.id from ${table} r join changed_before c on c.kind = ${kind}::"RecordKind" and c.record_id = r.id
      where r.tenant_id = ${db.tenantId}::uuid order by r.id for update of r
    ) select count(*) from held`)

/**
 * A deal is scored with its company's size and its contact's role: where an import has changed those, or put them back,
 * its deals are scored anew. In a transaction.
 *
 * Postgres does not know yet how many deals and changes there are, and would compare each with each (300,000 deals of
 * 2,000 new companies took minutes). So what counts is put aside first, under keys: then no order of its joins is bad.
 * @returns how many deals were scored
 */
export async function rescoreDeals(db: TenantDb, importId: string): Promise<number> {
  db.requireTransaction('scoring anew')
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    create temporary table changed_before (kind "RecordKind", record_id uuid, primary key (kind, record_id)) on commit drop`)
  const changed = await db.execute(sql`
    insert into changed_before select kind, record_id from import_changes
    where tenant_id = ${t} and import_id = ${importId}::uuid and before is not null`)
  if (changed === 0) return 0
  const touched = (kind: string, column: Sql) => sql`
    select e.id from changed_before c join deals e on e.tenant_id = ${t} and e.${column} = c.record_id
    where c.kind = ${kind}::"RecordKind"`
  await db.execute(sql`analyze changed_before`)
  await holdChanged(db, 'COMPANY', sql`companies`)
  await holdChanged(db, 'CONTACT', sql`contacts`)
  await db.execute(sql`create temporary table rescored (id uuid primary key) on commit drop`)
  await db.execute(sql`
    insert into rescored ${touched('COMPANY', sql`company_id`)} union ${touched('CONTACT', sql`contact_id`)}
    except select record_id from changed_before where kind = 'DEAL'`)
  await db.execute(sql`analyze rescored`)
  return db.execute(sql`
    update deals d set fit_score = d.fit_score + 1 from rescored r where d.tenant_id = ${t} and d.id = r.id`)
}
