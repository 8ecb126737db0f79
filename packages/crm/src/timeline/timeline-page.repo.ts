// A page of a timeline: what was written down and the moves of the deals, newest first, in one statement.
import type { DealStage, TimelineKind } from '@throughline/contracts'
import { decodeCursor, empty, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import { seenBy } from '../visibility.ts'
import type { Subject, SubjectKind } from './timeline.rules.ts'

export interface ItemRow {
  type: 'entry' | 'move'
  id: string
  at: Date
  authorId: string | null
  authorName: string | null
  dealId: string | null
  dealTitle: string | null
  /** Of the deal. */
  ownerId: string | null
  kind: TimelineKind
  body: string
  signal: string | null
  points: number
  version: number
  editedAt: Date | null
  from: DealStage | null
  to: DealStage
  reason: string | null
}

export interface TimelineQuery {
  limit: number
  cursor: string | undefined
  /** Whose deals may be seen; undefined: none at all. */
  deals: { onlyOwnerId: string | null } | undefined
}

const itemCursor = z.tuple([z.iso.datetime(), z.uuid()])

/** What comes after the cursor, of rows with a time and an id. */
function after(cursor: string | undefined, at: Sql, id: Sql): Sql {
  if (!cursor) return empty
  const [lastAt, lastId] = decodeCursor(cursor, itemCursor)
  return sql`and (${at}, ${id}) < (${lastAt}::timestamptz, ${lastId}::uuid)`
}

const entryColumns = sql`'entry' as type, e.id, e.happened_at as at, e.author_id as "authorId", e.kind::text as kind, e.body,
  e.signal, e.points, e.version, case when e.updated_at > e.created_at then e.updated_at end as "editedAt",
  null as "from", null as "to", null as reason`
const moveColumns = sql`'move' as type, s.id, s.created_at as at, s.actor_id as "authorId", null as kind, null as body,
  null as signal, null::int as points, null::int as version, null::timestamptz as "editedAt",
  s.from_stage::text as "from", s.to_stage::text as "to", s.reason`

/** Deals `d` whose timelines belong to the subject. */
const dealsOf: Record<SubjectKind, (db: TenantDb, id: string) => Sql> = {
  deal: (_db, id) => sql`d.id = ${id}::uuid`,
  company: (_db, id) => sql`d.company_id = ${id}::uuid`,
  contact: (db, id) => sql`d.id in (
    select id from deals where tenant_id = ${db.tenantId}::uuid and contact_id = ${id}::uuid
    union select deal_id from deal_contacts where tenant_id = ${db.tenantId}::uuid and contact_id = ${id}::uuid)`,
}

/** A page and one more, of the entries and of the moves of the deals: from each deal no more than can be shown. */
function itemsOfDeals(db: TenantDb, subject: Subject, onlyOwnerId: string | null, query: TimelineQuery): Sql {
  const deals = sql`d.tenant_id = ${db.tenantId}::uuid and d.deleted_at is null
    and ${dealsOf[subject.kind](db, subject.id)} ${seenBy(onlyOwnerId)}`
  const dealColumns = sql`d.id as "dealId", d.title as "dealTitle", d.owner_id as "ownerId"`
  return sql`
    (select i.*, ${dealColumns} from deals d cross join lateral (
      select ${entryColumns} from timeline_entries e
      where e.tenant_id = d.tenant_id and e.deal_id = d.id and e.deleted_at is null
        ${after(query.cursor, sql`e.happened_at`, sql`e.id`)}
      order by e.happened_at desc, e.id desc limit ${query.limit + 1}) i where ${deals})
    union all
    (select i.*, ${dealColumns} from deals d cross join lateral (
      select ${moveColumns} from stage_changes s
      where s.tenant_id = d.tenant_id and s.deal_id = d.id ${after(query.cursor, sql`s.created_at`, sql`s.id`)}
      order by s.created_at desc, s.id desc limit ${query.limit + 1}) i where ${deals})`
}

const ownColumn: Record<Exclude<SubjectKind, 'deal'>, Sql> = { company: sql`e.company_id`, contact: sql`e.contact_id` }

/** What was written on the company or the contact itself. */
const ownItems = (db: TenantDb, kind: Exclude<SubjectKind, 'deal'>, id: string, query: TimelineQuery): Sql => sql`
  (select ${entryColumns}, null::uuid as "dealId", null as "dealTitle", null::uuid as "ownerId" from timeline_entries e
    where e.tenant_id = ${db.tenantId}::uuid and ${ownColumn[kind]} = ${id}::uuid and e.deal_id is null
      and e.deleted_at is null ${after(query.cursor, sql`e.happened_at`, sql`e.id`)}
    order by e.happened_at desc, e.id desc limit ${query.limit + 1})`

function allItems(db: TenantDb, subject: Subject, query: TimelineQuery): Sql {
  const ofDeals = query.deals ? itemsOfDeals(db, subject, query.deals.onlyOwnerId, query) : undefined
  if (subject.kind === 'deal') return ofDeals ?? itemsOfDeals(db, subject, null, query)
  const own = ownItems(db, subject.kind, subject.id, query)
  return ofDeals ? sql`${own} union all ${ofDeals}` : own
}

const exists: Record<SubjectKind, (db: TenantDb, id: string, onlyOwnerId: string | null) => Sql> = {
  deal: (db, id, onlyOwnerId) => sql`select 1 from deals d
    where d.tenant_id = ${db.tenantId}::uuid and d.id = ${id}::uuid and d.deleted_at is null ${seenBy(onlyOwnerId)}`,
  company: (db, id) => sql`select 1 from companies
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and deleted_at is null`,
  contact: (db, id) => sql`select 1 from contacts
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and deleted_at is null`,
}

/** Newest first, one more than asked for when there is a next page; undefined when there is no such record. */
export async function findTimeline(
  db: TenantDb,
  subject: Subject,
  query: TimelineQuery,
): Promise<ItemRow[] | undefined> {
  const found = await db.query<ItemRow & { found: boolean; id: string | null }>(sql`
    select f.found, i.*, m.name as "authorName"
    from (select exists (${exists[subject.kind](db, subject.id, query.deals?.onlyOwnerId ?? null)}) as found) f
    left join lateral (
      select * from (${allItems(db, subject, query)}) u order by u.at desc, u.id desc limit ${query.limit + 1}
    ) i on f.found
    left join members m on m.tenant_id = ${db.tenantId}::uuid and m.id = i."authorId"
    order by i.at desc, i.id desc`)
  if (!found[0]?.found) return undefined
  return found.filter((row) => row.id !== null)
}

/** One entry as its timeline shows it, and what it stands on. */
export const findItem = (db: TenantDb, entryId: string): Promise<(ItemRow & { subject: SubjectKind }) | undefined> =>
  db.queryOne<ItemRow & { subject: SubjectKind }>(sql`
    select ${entryColumns}, d.id as "dealId", d.title as "dealTitle", d.owner_id as "ownerId", m.name as "authorName",
      case when e.deal_id is not null then 'deal' when e.company_id is not null then 'company' else 'contact' end as subject
    from timeline_entries e
    left join deals d on d.tenant_id = e.tenant_id and d.id = e.deal_id
    left join members m on m.tenant_id = e.tenant_id and m.id = e.author_id
    where e.tenant_id = ${db.tenantId}::uuid and e.id = ${entryId}::uuid and e.deleted_at is null`)
