// The two records of a merge: read, held, written.
import type { MergeKind } from '@throughline/contracts'
import { type Sql, sql, type TenantDb } from '@throughline/db'
import type { Row } from './merges.rules.ts'

interface Table {
  table: Sql
  /** What a merge may change. */
  columns: Sql
  /** Columns of `r` that JSON alone would not carry whole, and ids in words. */
  extra: Sql
}

const nameIn = (table: Sql, id: Sql): Sql =>
  sql`(select n.name from ${table} n where n.tenant_id = r.tenant_id and n.id = ${id})`
const owner = sql`'owner', ${nameIn(sql`members`, sql`r.owner_id`)}`
const company = sql`'company', ${nameIn(sql`companies`, sql`r.company_id`)}`

const tables: Readonly<Record<MergeKind, Table>> = {
  company: {
    table: sql`companies`,
    columns: sql`name, domain, industry, size, country, owner_id, tags, import_key, updated_at`,
    extra: owner,
  },
  contact: {
    table: sql`contacts`,
    columns: sql`name, email, other_emails, phones, title, source, consent, consent_at, company_id, owner_id, tags,
      import_key, updated_at`,
    extra: sql`${owner}, ${company}`,
  },
  deal: {
    table: sql`deals`,
    columns: sql`title, value, currency, priority, probability, engagement, engagement_at, score_reasons, lead_source,
      owner_id, company_id, contact_id, expected_close_date, notes, tags, custom, import_key, updated_at`,
    extra: sql`${owner}, ${company}, 'contact', ${nameIn(sql`contacts`, sql`r.contact_id`)}, 'value', r.value::text,
      'engagement', r.engagement::text,
      'engagement_now', decayed_engagement(r.engagement, r.engagement_at, now())::text`,
  },
}

export interface MergeRow {
  id: string
  version: number
  deleted: boolean
  row: Row
}

const rowsOf = (db: TenantDb, kind: MergeKind, ids: readonly string[], lock: Sql): Promise<MergeRow[]> => {
  const { table, extra } = tables[kind]
  return db.query<MergeRow>(sql`
    select r.id, r.version, r.deleted_at is not null as deleted, to_jsonb(r) || jsonb_build_object(${extra}) as row
    from ${table} r where r.tenant_id = ${db.tenantId}::uuid and r.id = any(${ids}::uuid[]) order by r.id ${lock}`)
}

/** Those of the records that there are, also in the trash. */
export const readRows = (db: TenantDb, kind: MergeKind, ids: readonly string[]) => rowsOf(db, kind, ids, sql``)

/** The same, held until the transaction ends; always in one order, so that two merges do not wait for each other. */
export const lockRows = (db: TenantDb, kind: MergeKind, ids: readonly string[]) =>
  rowsOf(db, kind, ids, sql`for update of r`)

/** Writes what a merge may change of a held record. @returns its new version */
export async function writeRow(db: TenantDb, kind: MergeKind, id: string, row: Row): Promise<number> {
  const { table, columns } = tables[kind]
  const written = await db.queryOne<{ version: number }>(sql`
    update ${table} t set (${columns}) = (
      select ${columns} from jsonb_populate_record(null::${table}, ${JSON.stringify(row)}::jsonb)
    ), version = t.version + 1
    where t.tenant_id = ${db.tenantId}::uuid and t.id = ${id}::uuid returning t.version`)
  if (!written) throw new Error('a row that was held is gone')
  return written.version
}

/** Puts a held record into the trash, or takes it out as it was. @returns its new version */
export async function setDeleted(
  db: TenantDb,
  kind: MergeKind,
  id: string,
  { at, by, updatedAt }: { at: Date | null; by: string | null; updatedAt: string },
): Promise<number> {
  const written = await db.queryOne<{ version: number }>(sql`
    update ${tables[kind].table} set deleted_at = ${at}::timestamptz, deleted_by_id = ${by}::uuid, version = version + 1,
      updated_at = ${updatedAt}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid returning version`)
  if (!written) throw new Error('a row that was held is gone')
  return written.version
}
