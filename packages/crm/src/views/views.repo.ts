import type { ViewDefinition } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'
import type { NamedIds } from './views.rules.ts'

export interface ViewRow {
  id: string
  name: string
  /** As somebody saved it, perhaps with an older version of this program. */
  definition: unknown
  shared: boolean
  ownerId: string
  ownerName: string
  version: number
  updatedAt: Date
}

const columns = sql`v.id, v.name, v.definition, v.shared, v.owner_id as "ownerId", m.name as "ownerName", v.version,
  v.updated_at as "updatedAt"`
const joined = sql`saved_views v join members m on m.tenant_id = v.tenant_id and m.id = v.owner_id`

/** As many as a page can show; a firm that shares more has to tidy up. */
const mostShared = 300

/** One's own in one's own order, then those that others share, by name. */
export const findViews = (db: TenantDb, memberId: string | null): Promise<ViewRow[]> =>
  db.query<ViewRow>(sql`
    select ${columns} from ${joined}
    where v.tenant_id = ${db.tenantId}::uuid and v.kind = 'DEAL' and (v.owner_id = ${memberId}::uuid or v.shared)
    order by v.owner_id = ${memberId}::uuid desc nulls last,
      case when v.owner_id = ${memberId}::uuid then v.position end, v.name, v.id
    limit ${mostShared}`)

/** A view that this person may see: their own, or a shared one. */
export const findView = (db: TenantDb, viewId: string, memberId: string | null): Promise<ViewRow | undefined> =>
  db.queryOne<ViewRow>(sql`
    select ${columns} from ${joined}
    where v.tenant_id = ${db.tenantId}::uuid and v.id = ${viewId}::uuid and (v.owner_id = ${memberId}::uuid or v.shared)`)

/** The same, held for this transaction. */
export const lockView = (db: TenantDb, viewId: string, memberId: string | null): Promise<ViewRow | undefined> =>
  db.queryOne<ViewRow>(sql`
    select ${columns} from ${joined}
    where v.tenant_id = ${db.tenantId}::uuid and v.id = ${viewId}::uuid and (v.owner_id = ${memberId}::uuid or v.shared)
    for update of v`)

export interface OwnView {
  id: string
  name: string
}

/** Names and order of somebody's views, with the member held: two of them cannot take one name or the last place. */
export async function lockOwnViews(db: TenantDb, memberId: string): Promise<OwnView[]> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`views:${db.tenantId}:${memberId}`}, 0))`)
  return db.query<OwnView>(sql`
    select id, name from saved_views
    where tenant_id = ${db.tenantId}::uuid and owner_id = ${memberId}::uuid and kind = 'DEAL' order by position, name`)
}

export interface ViewValues {
  name: string
  definition: ViewDefinition
  shared: boolean
}

/** @returns the id of the new view, which stands last */
export async function insertView(
  db: TenantDb,
  { ownerId, name, definition, shared }: ViewValues & { ownerId: string },
): Promise<string> {
  const row = await db.queryOne<{ id: string }>(sql`
    insert into saved_views (tenant_id, id, kind, name, definition, shared, owner_id, position)
    select ${db.tenantId}::uuid, uuidv7(), 'DEAL', ${name}, ${JSON.stringify(definition)}::jsonb, ${shared},
      ${ownerId}::uuid, coalesce(max(position), 0) + 1
    from saved_views where tenant_id = ${db.tenantId}::uuid and owner_id = ${ownerId}::uuid returning id`)
  if (!row) throw new Error('an insert that succeeds returns its row')
  return row.id
}

export const writeView = (db: TenantDb, viewId: string, { name, definition, shared }: ViewValues): Promise<number> =>
  db.execute(sql`update saved_views set name = ${name}, definition = ${JSON.stringify(definition)}::jsonb,
      shared = ${shared}, version = version + 1, updated_at = now()
    where tenant_id = ${db.tenantId}::uuid and id = ${viewId}::uuid`)

export const deleteView = (db: TenantDb, viewId: string): Promise<number> =>
  db.execute(sql`delete from saved_views where tenant_id = ${db.tenantId}::uuid and id = ${viewId}::uuid`)

export const writeViewOrder = (db: TenantDb, ownerId: string, ids: readonly string[]): Promise<number> =>
  db.execute(sql`update saved_views v set position = o.n
    from unnest(${ids}::uuid[]) with ordinality o(id, n)
    where v.tenant_id = ${db.tenantId}::uuid and v.owner_id = ${ownerId}::uuid and v.id = o.id`)

export interface SurroundingRows {
  fields: { key: string; label: string; archived: boolean }[]
  members: { id: string; name: string; left: boolean }[]
  companyIds: string[]
  contactIds: string[]
}

/** What views can name and what of it is there, in one statement however many views. */
export async function findSurroundings(db: TenantDb, { companyIds, contactIds }: NamedIds): Promise<SurroundingRows> {
  const row = await db.queryOne<SurroundingRows>(sql`select
    coalesce((select json_agg(json_build_object('key', key, 'label', label, 'archived', archived_at is not null))
      from custom_fields where tenant_id = ${db.tenantId}::uuid and kind = 'DEAL'), '[]') as fields,
    coalesce((select json_agg(json_build_object('id', id, 'name', name, 'left', disabled_at is not null))
      from members where tenant_id = ${db.tenantId}::uuid), '[]') as members,
    array(select id::text from companies where tenant_id = ${db.tenantId}::uuid and deleted_at is null
      and id = any(${companyIds}::uuid[])) as "companyIds",
    array(select id::text from contacts where tenant_id = ${db.tenantId}::uuid and deleted_at is null
      and id = any(${contactIds}::uuid[])) as "contactIds"`)
  if (!row) throw new Error('a select without a table always gives one row')
  return row
}
