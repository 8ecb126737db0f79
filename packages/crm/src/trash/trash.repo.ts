// What is in the trash, and what takes things out of it for good.
import type { MergeKind } from '@throughline/contracts'
import { instantOf, type Sql, sql, type TenantDb } from '@throughline/db'

const tables: Readonly<Record<MergeKind, { table: Sql; name: Sql; unique: Sql }>> = {
  company: { table: sql`companies`, name: sql`name`, unique: sql`domain` },
  contact: { table: sql`contacts`, name: sql`name`, unique: sql`email` },
  deal: { table: sql`deals`, name: sql`title`, unique: sql`null::text` },
}

export interface HeldRecord {
  id: string
  name: string
  /** Domain or first e-mail, which nobody else may have when it comes back. */
  unique: string | null
  ownerId: string | null
  version: number
  deletedAt: string | null
}

/** Holds the row until the transaction ends, in the trash or not. */
export function lockRecord(db: TenantDb, kind: MergeKind, id: string): Promise<HeldRecord | undefined> {
  const { table, name, unique } = tables[kind]
  return db.queryOne<HeldRecord>(sql`
    select id, ${name} as name, ${unique} as "unique", owner_id as "ownerId", version, ${instantOf(sql`deleted_at`)} as "deletedAt"
    from ${table} where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid for update`)
}

/** Puts the held row into the trash, or takes it out. @returns its new version */
export async function markDeleted(
  db: TenantDb,
  kind: MergeKind,
  { id, at, by, now }: { id: string; at: Date | null; by: string | null; now: Date },
): Promise<number> {
  const row = await db.queryOne<{ version: number }>(sql`
    update ${tables[kind].table} set deleted_at = ${at}::timestamptz, deleted_by_id = ${by}::uuid, version = version + 1,
      updated_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid returning version`)
  if (!row) throw new Error('a row that was held is gone')
  return row.version
}

/** What other desks have built on a deal. */
export const holdsOf = async (db: TenantDb, dealId: string): Promise<string[]> =>
  (
    await db.query<{ label: string }>(sql`
      select label from deal_holds where tenant_id = ${db.tenantId}::uuid and deal_id = ${dealId}::uuid order by created_at`)
  ).map(({ label }) => label)

/** Ids of what has been in the trash since before an instant, oldest first; a deal with holds stays. */
export async function findOldTrash(db: TenantDb, kind: MergeKind, before: Date, limit: number): Promise<string[]> {
  const held =
    kind === 'deal'
      ? sql`and not exists (select 1 from deal_holds h where h.tenant_id = r.tenant_id and h.deal_id = r.id)`
      : sql``
  const rows = await db.query<{ id: string }>(sql`
    select id from ${tables[kind].table} r
    where tenant_id = ${db.tenantId}::uuid and deleted_at < ${before}::timestamptz ${held}
    order by deleted_at limit ${limit} for update skip locked`)
  return rows.map(({ id }) => id)
}

/** What is on a timeline for two records stays for the other. */
const leaveTimeline = (db: TenantDb, column: Sql, others: Sql, ids: readonly string[]): Promise<number> =>
  db.execute(sql`update timeline_entries set ${column} = null
    where tenant_id = ${db.tenantId}::uuid and ${column} = any(${ids}::uuid[]) and num_nonnulls(${others}) > 0`)

const unlink = (db: TenantDb, table: Sql, column: Sql, ids: readonly string[]): Promise<number> =>
  db.execute(sql`update ${table} set ${column} = null
    where tenant_id = ${db.tenantId}::uuid and ${column} = any(${ids}::uuid[])`)

/** Removes records from the trash for good, with what belongs to them alone; what is linked to them stays. */
export async function removeForGood(db: TenantDb, kind: MergeKind, ids: readonly string[]): Promise<number> {
  if (kind === 'company') {
    await leaveTimeline(db, sql`company_id`, sql`deal_id, contact_id`, ids)
    await unlink(db, sql`contacts`, sql`company_id`, ids)
    await unlink(db, sql`deals`, sql`company_id`, ids)
  } else if (kind === 'contact') {
    await leaveTimeline(db, sql`contact_id`, sql`deal_id, company_id`, ids)
    await unlink(db, sql`deals`, sql`contact_id`, ids)
  } else await leaveTimeline(db, sql`deal_id`, sql`company_id, contact_id`, ids)
  return db.execute(sql`delete from ${tables[kind].table}
    where tenant_id = ${db.tenantId}::uuid and id = any(${ids}::uuid[]) and deleted_at is not null`)
}
