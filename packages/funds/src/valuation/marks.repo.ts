import type { ListNavMarks, MarkHolding, NavMarkView } from '@throughline/contracts'
import { decodeCursor, empty, instantOf, rowLimit, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import type { HeldDeal } from '../cash-flows/index.ts'

const columns = sql`m.id, m.deal_id as "dealId", m.marked_on as "markedOn", m.value::text as value, m.reason, m.entry_id as "entryId",
  ${instantOf(sql`m.created_at`)} as "createdAt"`

/** Newest first; one more than asked for when there is a next page. */
export function readMarks(
  db: TenantDb,
  fundId: string,
  { dealId, cursor, limit }: ListNavMarks,
): Promise<NavMarkView[]> {
  const behind = cursor ? sql`and m.id < ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  return db.query<NavMarkView>(sql`select ${columns} from nav_marks m where m.tenant_id = ${db.tenantId}::uuid
    and m.fund_id = ${fundId}::uuid ${dealId ? sql`and m.deal_id = ${dealId}::uuid` : empty} ${behind}
    order by m.id desc limit ${rowLimit(limit + 1)}`)
}

/** The day of the last mark up to a day, of each deal. */
export const readLastMarks = (
  db: TenantDb,
  fundId: string,
  through: string,
): Promise<{ dealId: string; markedOn: string }[]> =>
  db.query(sql`select m.deal_id as "dealId", max(m.marked_on) as "markedOn" from nav_marks m
    where m.tenant_id = ${db.tenantId}::uuid and m.fund_id = ${fundId}::uuid and m.marked_on <= ${through}::date group by m.deal_id`)

/** The first day after this one on which the deal was marked. */
export async function readNextMark(db: TenantDb, fundId: string, { dealId, on }: MarkHolding): Promise<string | null> {
  const row = await db.queryOne<{ on: string | null }>(sql`select min(m.marked_on) as on from nav_marks m
    where m.tenant_id = ${db.tenantId}::uuid and m.fund_id = ${fundId}::uuid and m.deal_id = ${dealId}::uuid
      and m.marked_on > ${on}::date`)
  return row?.on ?? null
}

/** The same of some holdings of many funds. */
export const readLastMarksOf = (
  db: TenantDb,
  held: readonly HeldDeal[],
  through: string,
): Promise<(HeldDeal & { markedOn: string })[]> =>
  db.query(sql`select m.fund_id as "fundId", m.deal_id as "dealId", max(m.marked_on) as "markedOn"
    from nav_marks m join jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h("dealId" uuid, "fundId" uuid)
      on h."fundId" = m.fund_id and h."dealId" = m.deal_id
    where m.tenant_id = ${db.tenantId}::uuid and m.marked_on <= ${through}::date group by m.fund_id, m.deal_id`)

export const insertMark = (
  db: TenantDb,
  mark: MarkHolding & { id: string; fundId: string; entryId: string | null; by: string | null; now: Date },
): Promise<NavMarkView | undefined> =>
  db.queryOne<NavMarkView>(sql`insert into nav_marks as m (tenant_id, id, fund_id, deal_id, marked_on, value, reason, entry_id,
      created_by_id, created_at)
    values (${db.tenantId}::uuid, ${mark.id}::uuid, ${mark.fundId}::uuid, ${mark.dealId}::uuid, ${mark.on}::date, ${mark.value}::numeric,
      ${mark.reason}, ${mark.entryId}::uuid, ${mark.by}::uuid, ${mark.now}::timestamptz) returning ${columns}`)
