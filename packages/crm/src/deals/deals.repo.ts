// Deals as the rules need them: held, referred to, stored anew. `deal-writes.repo.ts` changes them.
import type { CustomValues, DealPriority, DealStage } from '@throughline/contracts'
import { empty, instantOf, type Sql, sql, type TenantDb } from '@throughline/db'
import { seenBy } from '../visibility.ts'
import { type DealText, textOf } from './deal-detail.repo.ts'
import { dealJoinsOf, dealShape } from './deal-json.repo.ts'
import type { Promised } from './deals.rules.ts'

/** What can be changed of a deal. */
export interface DealValues {
  title: string
  value: string
  currency: string
  stage: DealStage
  priority: DealPriority
  probability: number | null
  leadSource: string | null
  ownerId: string | null
  companyId: string | null
  contactId: string | null
  expectedCloseDate: string | null
  notes: string | null
  tags: string[]
  custom: CustomValues
  closedAt: string | null
  lostReason: string | null
  deletedAt: string | null
}

/** What wishes about many deals may change. */
type Wished = 'stage' | 'priority' | 'ownerId' | 'expectedCloseDate' | 'tags' | 'closedAt' | 'lostReason' | 'deletedAt'

/** What the rules of many deals need to know of each before it changes. */
export interface HeldDeal extends Pick<DealValues, Wished> {
  id: string
  version: number
  /** What other desks have built on it. */
  holds: string[]
}

/** What a rule needs to know of a deal before it changes. */
export interface LockedDeal extends HeldDeal, DealValues {
  promised: Promised | null
}

const heldColumns = sql`d.id, d.version, d.stage::text as stage, d.priority::text as priority, d.owner_id as "ownerId",
  d.expected_close_date as "expectedCloseDate", d.tags, ${instantOf(sql`d.closed_at`)} as "closedAt",
  d.lost_reason as "lostReason", ${instantOf(sql`d.deleted_at`)} as "deletedAt",
  array(select h.label from deal_holds h where h.tenant_id = d.tenant_id and h.deal_id = d.id
    and h.at_least is null order by h.created_at) as holds`
const lockedColumns = sql`${heldColumns}, (select json_build_object('amount', sum(h.at_least)::text, 'labels',
    json_agg(h.label order by h.created_at)) from deal_holds h where h.tenant_id = d.tenant_id and h.deal_id = d.id
    and h.at_least is not null having count(*) > 0) as promised, d.title, d.value::text as value, d.currency, d.probability,
  d.lead_source as "leadSource", d.company_id as "companyId", d.contact_id as "contactId", d.notes, d.custom`

/** Holds the row until the transaction ends. What may not be seen is not there. */
export const lockDeal = (db: TenantDb, id: string, onlyOwnerId: string | null): Promise<LockedDeal | undefined> =>
  db.queryOne<LockedDeal>(sql`
    select ${lockedColumns} from deals d
    where d.tenant_id = ${db.tenantId}::uuid and d.id = ${id}::uuid ${seenBy(onlyOwnerId)} for update of d`)

/**
 * Holds the rows until the transaction ends, always in the same order: two changes of one deal come one after the
 * other, and two bulk changes never wait for each other in a circle. What may not be seen is not there.
 */
export const lockDeals = (db: TenantDb, ids: readonly string[], onlyOwnerId: string | null): Promise<HeldDeal[]> =>
  db.query<HeldDeal>(sql`
    select ${heldColumns} from deals d
    where d.tenant_id = ${db.tenantId}::uuid and d.id = any(${ids}::uuid[]) ${seenBy(onlyOwnerId)} order by d.id for update of d`)

/** Who else has a part in a deal. */
export interface ContactRole {
  contactId: string
  role: string
}

export interface References {
  ownerId: string | null
  companyId: string | null
  contactId: string | null
  contacts: readonly ContactRole[]
}

/** Which of the named rows this tenant has and may be named, in one question. Null is always there. */
export async function readReferences(db: TenantDb, { ownerId, companyId, contactId, contacts }: References) {
  const t = sql`${db.tenantId}::uuid`
  const people = contacts.map((each) => each.contactId)
  const row = await db.queryOne<{ owner: boolean; company: boolean; contact: boolean; people: string[] }>(sql`
    select ${ownerId}::uuid is null or exists(
        select 1 from members where tenant_id = ${t} and id = ${ownerId}::uuid and disabled_at is null) as owner,
      ${companyId}::uuid is null or exists(
        select 1 from companies where tenant_id = ${t} and id = ${companyId}::uuid and deleted_at is null) as company,
      ${contactId}::uuid is null or exists(
        select 1 from contacts where tenant_id = ${t} and id = ${contactId}::uuid and deleted_at is null) as contact,
      array(select id::text from contacts where tenant_id = ${t} and id = any(${people}::uuid[]) and deleted_at is null) as people`)
  if (!row) throw new Error('a select without a table always gives one row')
  return row
}

export type NewDeal = Omit<DealValues, 'closedAt' | 'lostReason' | 'deletedAt' | 'currency'> & {
  /** The tenant's own when it is not said. */
  currency: string | undefined
}

const ownerThere = (t: Sql, id: string | null): Sql =>
  id === null
    ? empty
    : sql`and exists(select 1 from members where tenant_id = ${t} and id = ${id}::uuid and disabled_at is null)`
const rowThere = (t: Sql, table: Sql, id: string | null): Sql =>
  id === null
    ? empty
    : sql`and exists(select 1 from ${table} where tenant_id = ${t} and id = ${id}::uuid and deleted_at is null)`

/**
 * Stores a deal, the first step of its history and its people, in one statement.
 * @returns nothing when owner, company or contact are not there
 */
export const insertDeal = async (
  db: TenantDb,
  deal: NewDeal,
  contacts: readonly ContactRole[],
  actorId: string | null,
): Promise<(DealText & { id: string; currency: string }) | undefined> => {
  const t = sql`${db.tenantId}::uuid`
  const [row] = await db.queryTexts(sql`
    with created as (
      insert into deals (tenant_id, id, title, value, currency, stage, priority, probability, lead_source, owner_id, company_id,
        contact_id, expected_close_date, notes, tags, custom)
      select t.id, uuidv7(), ${deal.title}, ${deal.value}::numeric, coalesce(${deal.currency ?? null}, t.currency),
        ${deal.stage}::"DealStage", ${deal.priority}::"DealPriority", ${deal.probability}::int, ${deal.leadSource},
        ${deal.ownerId}::uuid, ${deal.companyId}::uuid, ${deal.contactId}::uuid, ${deal.expectedCloseDate}::date, ${deal.notes},
        ${deal.tags}::text[], ${JSON.stringify(deal.custom)}::jsonb
      from tenants t
      where t.id = ${t} ${ownerThere(t, deal.ownerId)} ${rowThere(t, sql`companies`, deal.companyId)}
        ${rowThere(t, sql`contacts`, deal.contactId)}
      returning *
    ), entered as (
      insert into stage_changes (tenant_id, id, deal_id, to_stage, actor_id, created_at)
      select tenant_id, uuidv7(), id, stage, ${actorId}::uuid, created_at from created
    )${
      contacts.length === 0
        ? empty
        : sql`, people as (
      insert into deal_contacts (tenant_id, deal_id, contact_id, role)
      select c.tenant_id, c.id, p."contactId", p.role
      from created c, jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as p("contactId" uuid, role text)
    )`
    }
    select ${dealShape.columns}, d.version, d.currency from created d ${dealJoinsOf(deal)}`)
  const [id] = row ?? []
  return row && id ? { ...textOf(dealShape, row), id, currency: row[dealShape.width + 1] ?? '' } : undefined
}

/** Puts these people in the place of those who were there. */
export async function replaceContacts(db: TenantDb, dealId: string, contacts: readonly ContactRole[]): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  const kept = contacts.map((each) => each.contactId)
  await db.execute(sql`
    with gone as (
      delete from deal_contacts where tenant_id = ${t} and deal_id = ${dealId}::uuid and contact_id <> all(${kept}::uuid[])
    )
    insert into deal_contacts as dc (tenant_id, deal_id, contact_id, role)
    select ${t}, ${dealId}::uuid, p."contactId", p.role
    from jsonb_to_recordset(${JSON.stringify(contacts)}::jsonb) as p("contactId" uuid, role text)
    on conflict (tenant_id, deal_id, contact_id) do update set role = excluded.role where dc.role <> excluded.role`)
}

/** Who has a part in a deal now. */
export const readContactRoles = (db: TenantDb, dealId: string): Promise<ContactRole[]> =>
  db.query<ContactRole>(sql`
    select contact_id as "contactId", role from deal_contacts
    where tenant_id = ${db.tenantId}::uuid and deal_id = ${dealId}::uuid order by contact_id`)
