// The only SQL of the fund desk that reads the deal desk's deals, and writes what stands on them (`deal_holds`).
import { sql, type TenantDb } from '@throughline/db'

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
