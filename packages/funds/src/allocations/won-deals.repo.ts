// The only SQL of the fund desk that reads the deal desk's deals, and writes what stands on them (`deal_holds`).
import { empty, type Sql, sql, type TenantDb } from '@throughline/db'

export interface WonDeal {
  id: string
  title: string
  value: string
  currency: string
  stage: string
  closedAt: Date | null
}

const columns = sql`d.id, d.title, d.value, d.currency, d.stage::text as stage, d.closed_at as "closedAt"`
const there = (db: TenantDb, ids: readonly string[]) =>
  sql`d.tenant_id = ${db.tenantId}::uuid and d.id = any(${[...ids]}::uuid[]) and d.deleted_at is null`

export const readDeals = (db: TenantDb, ids: readonly string[]): Promise<WonDeal[]> =>
  db.query<WonDeal>(sql`select ${columns} from deals d where ${there(db, ids)}`)

/** @param onlyOwnerId of a member who sees their own deals only */
export const readDealSeenBy = (
  db: TenantDb,
  dealId: string,
  onlyOwnerId: string | null,
): Promise<WonDeal | undefined> =>
  db.queryOne<WonDeal>(sql`select ${columns} from deals d where ${there(db, [dealId])}
    ${onlyOwnerId === null ? empty : sql`and d.owner_id = ${onlyOwnerId}::uuid`}`)

/**
 * When a deal came in, was won, and was opened again, as rows of `id, day, kind, amount`: days of the firm. Of a deal whose way
 * is not known, the day on which it was closed.
 */
export const milestonesOf = (db: TenantDb, dealId: string): Sql => sql`
  select m.id, (m.at at time zone t.timezone)::date as day, m.kind, m.amount from tenants t cross join lateral (
    select d.id, d.created_at as at, 'created' as kind, null::numeric as amount from deals d
    where d.tenant_id = t.id and d.id = ${dealId}::uuid
    union all
    select h.id, h.created_at, case when h.to_stage = 'CLOSED_WON' then 'won' else 'reopened' end,
      case when h.to_stage = 'CLOSED_WON' then d.value end
    from stage_changes h join deals d on d.tenant_id = h.tenant_id and d.id = h.deal_id
    where h.tenant_id = t.id and h.deal_id = ${dealId}::uuid and (h.to_stage = 'CLOSED_WON' or h.from_stage = 'CLOSED_WON')
    union all
    select d.id, d.closed_at, 'won', d.value from deals d
    where d.tenant_id = t.id and d.id = ${dealId}::uuid and d.stage = 'CLOSED_WON' and d.closed_at is not null and not exists (
      select 1 from stage_changes h where h.tenant_id = d.tenant_id and h.deal_id = d.id and h.to_stage = 'CLOSED_WON')
  ) m where t.id = ${db.tenantId}::uuid`

/** Titles by id, of those that the firm has. */
export async function readDealTitles(db: TenantDb, dealIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await db.query<{ id: string; title: string }>(sql`select id, title from deals
    where tenant_id = ${db.tenantId}::uuid and id = any(${[...dealIds]}::uuid[])`)
  return new Map(rows.map(({ id, title }) => [id, title]))
}

/** Won deals of a size in a currency, by title. */
export const readWonDeals = (
  db: TenantDb,
  { currency, from, limit }: { currency: string; from: string; limit: number },
): Promise<WonDeal[]> =>
  db.query<WonDeal>(sql`select ${columns} from deals d where d.tenant_id = ${db.tenantId}::uuid and d.deleted_at is null
    and d.stage = 'CLOSED_WON' and d.currency = ${currency} and d.value >= ${from}::numeric order by d.title, d.id limit ${limit}`)

/** By id or title, in lower case as files write them; of a title that several deals have, all of them. */
export const readDealsNamed = (db: TenantDb, words: readonly string[]): Promise<(WonDeal & { word: string })[]> =>
  db.query(sql`select ${columns}, w as word from unnest(${[...words]}::text[]) w
    join deals d on d.tenant_id = ${db.tenantId}::uuid and d.deleted_at is null and (lower(d.title) = w or d.id::text = w)`)

/**
 * Held until the transaction ends, in one order: two funds cannot both take the rest of a deal, and nobody re-opens it
 * meanwhile. The fund is held before.
 */
export const lockDealsInOrder = (db: TenantDb, ids: readonly string[]): Promise<WonDeal[]> =>
  db.query<WonDeal>(sql`select ${columns} from deals d where ${there(db, ids)} order by d.id for no key update of d`)

/** Keeps a deal from becoming worth less than what is allocated of it, all allocations together. */
export const holdWorth = (
  db: TenantDb,
  dealId: string,
  { allocationId, amount, label, now }: { allocationId: string; amount: string; label: string; now: Date },
): Promise<number> =>
  db.execute(sql`
    insert into deal_holds (tenant_id, deal_id, kind, ref_id, label, at_least, created_at)
    values (${db.tenantId}::uuid, ${dealId}::uuid, 'allocation', ${allocationId}::uuid, ${label}, ${amount}::numeric, ${now}::timestamptz)`)

export const releaseWorth = (db: TenantDb, allocationId: string): Promise<number> =>
  db.execute(sql`delete from deal_holds
    where tenant_id = ${db.tenantId}::uuid and kind = 'allocation' and ref_id = ${allocationId}::uuid`)

/** Keeps deals from being re-opened, by the name of what stands on them. */
export const holdDeals = (
  db: TenantDb,
  dealIds: readonly string[],
  { callId, label, now }: { callId: string; label: string; now: Date },
): Promise<number> =>
  db.execute(sql`
    insert into deal_holds (tenant_id, deal_id, kind, ref_id, label, created_at)
    select ${db.tenantId}::uuid, d, 'capital_call', ${callId}::uuid, ${label}, ${now}::timestamptz
    from unnest(${[...dealIds]}::uuid[]) d on conflict do nothing`)

export const releaseDeals = (db: TenantDb, callId: string): Promise<number> =>
  db.execute(sql`delete from deal_holds
    where tenant_id = ${db.tenantId}::uuid and kind = 'capital_call' and ref_id = ${callId}::uuid`)
