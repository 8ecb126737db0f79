// The words that records carry already, to choose from while one is edited.
import type { RecordKind } from '@throughline/contracts'
import { type Sql, sql, type TenantDb } from '@throughline/db'
import { seenBy } from '../visibility.ts'

/** The words of a firm show in its newest records; counting a million of them at each keystroke would help nobody. */
const newest = 10_000
const shown = 200

const tables: Record<RecordKind, Sql> = { DEAL: sql`deals`, COMPANY: sql`companies`, CONTACT: sql`contacts` }

/** The newest living rows `d` of a kind; of deals those only that may be seen. */
const newestRows = (db: TenantDb, kind: RecordKind, onlyOwnerId: string | null): Sql => sql`
  (select d.* from ${tables[kind]} d where d.tenant_id = ${db.tenantId}::uuid and d.deleted_at is null
    ${seenBy(kind === 'DEAL' ? onlyOwnerId : null)}
  order by d.created_at desc, d.id desc limit ${newest}) r`

/** Most used first. */
export const findTags = (
  db: TenantDb,
  kind: RecordKind,
  onlyOwnerId: string | null,
): Promise<{ tag: string; count: number }[]> =>
  db.query(sql`select t.tag, count(*)::int as count from ${newestRows(db, kind, onlyOwnerId)}, unnest(r.tags) t(tag)
    group by t.tag order by count desc, t.tag limit ${shown}`)

/** Most used first. */
export const findLeadSources = (
  db: TenantDb,
  onlyOwnerId: string | null,
): Promise<{ leadSource: string; count: number }[]> =>
  db.query(sql`select r.lead_source as "leadSource", count(*)::int as count
    from ${newestRows(db, 'DEAL', onlyOwnerId)} where r.lead_source is not null
    group by 1 order by count desc, 1 limit ${shown}`)
