// What is shown of the records that were found, and the ones that were changed last.
import type { DealStage, SearchKind } from '@throughline/contracts'
import { empty, join, type Sql, sql, type TenantDb } from '@throughline/db'
import type { ListedKind } from './counted.repo.ts'

export interface ShownRow {
  kind: SearchKind
  id: string
  title: string
  subtitle: string
  /** Notes of a deal, or the note itself. */
  body: string | null
  stage: DealStage | null
  value: string | null
  currency: string | null
  parentKind: 'company' | 'contact' | 'deal' | null
  parentId: string | null
  parentTitle: string | null
}

const shownColumns: Sql = sql`
  k.kind, k.id, coalesce(s.title, '') as title, case k.kind
      when 'deal' then concat_ws(' · ', dco.name, dct.name)
      when 'contact' then concat_ws(' · ', nullif(s.subtitle, ''), cco.name)
      else coalesce(s.subtitle, '') end as subtitle,
  case k.kind when 'deal' then d.notes when 'note' then e.body end as body,
  d.stage::text as stage, d.value::text as value, d.currency,
  case when e.deal_id is not null then 'deal' when e.company_id is not null then 'company'
    when e.contact_id is not null then 'contact' end as "parentKind",
  coalesce(e.deal_id, e.company_id, e.contact_id) as "parentId", coalesce(ed.title, eco.name, ect.name) as "parentTitle"`

/** By their kinds and ids; a record that has gone meanwhile is left out. */
export const readShown = (db: TenantDb, hits: readonly { kind: SearchKind; id: string }[]): Promise<ShownRow[]> =>
  db.query<ShownRow>(sql`
    select ${shownColumns}
    from unnest(${hits.map(({ kind }) => kind)}::text[], ${hits.map(({ id }) => id)}::uuid[]) k(kind, id)
    join search_documents s on s.tenant_id = ${db.tenantId}::uuid and s.kind = k.kind and s.id = k.id
    left join deals d on k.kind = 'deal' and d.tenant_id = ${db.tenantId}::uuid and d.id = k.id
    left join companies dco on dco.tenant_id = d.tenant_id and dco.id = d.company_id and dco.deleted_at is null
    left join contacts dct on dct.tenant_id = d.tenant_id and dct.id = d.contact_id and dct.deleted_at is null
    left join companies cco on k.kind = 'contact' and cco.tenant_id = ${db.tenantId}::uuid and cco.id = s.parent_id
      and cco.deleted_at is null
    left join timeline_entries e on k.kind = 'note' and e.tenant_id = ${db.tenantId}::uuid and e.id = k.id
    left join deals ed on ed.tenant_id = e.tenant_id and ed.id = e.deal_id
    left join companies eco on eco.tenant_id = e.tenant_id and eco.id = e.company_id
    left join contacts ect on ect.tenant_id = e.tenant_id and ect.id = e.contact_id`)

const listedKinds: readonly ListedKind[] = ['deal', 'company', 'contact']

const latest: Readonly<Record<ListedKind, (tenantId: string, onlyOwnerId: string | null, limit: number) => Sql>> = {
  deal: (tenantId, onlyOwnerId, limit) => sql`
    (select 'deal' as kind, d.id, d.updated_at as at from deals d
    where d.tenant_id = ${tenantId}::uuid and d.deleted_at is null
      ${onlyOwnerId === null ? empty : sql`and d.owner_id = ${onlyOwnerId}::uuid`}
    order by ${onlyOwnerId === null ? sql`d.updated_at` : sql`d.created_at`} desc, d.id desc limit ${limit})`,
  company: (tenantId, _onlyOwnerId, limit) => sql`
    (select 'company' as kind, c.id, c.created_at as at from companies c
    where c.tenant_id = ${tenantId}::uuid and c.deleted_at is null order by c.created_at desc, c.id desc limit ${limit})`,
  contact: (tenantId, _onlyOwnerId, limit) => sql`
    (select 'contact' as kind, c.id, c.created_at as at from contacts c
    where c.tenant_id = ${tenantId}::uuid and c.deleted_at is null order by c.created_at desc, c.id desc limit ${limit})`,
}

export interface Recent {
  kinds: readonly SearchKind[]
  onlyOwnerId: string | null
  limit: number
  each: number | undefined
}

/**
 * Deals that were changed last, companies and contacts that were added last; newest first. Of the other kinds none: a
 * note says little without what was looked for, and content has its own list.
 */
export async function findRecent(db: TenantDb, { kinds, onlyOwnerId, limit, each }: Recent) {
  const asked = listedKinds.filter((kind) => kinds.includes(kind))
  if (asked.length === 0) return []
  const all = asked.map((kind) => latest[kind](db.tenantId, onlyOwnerId, each ?? limit))
  return db.query<{ kind: SearchKind; id: string }>(sql`
    select kind, id from (${join(all, ' union all ')}) r order by at desc, id desc limit ${limit}`)
}
