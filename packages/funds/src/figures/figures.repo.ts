// Sums over investors, each one question whatever their number.
import { empty, type Sql, sql, type TenantDb } from '@throughline/db'

/** To whom nothing recallable was paid has no lots: to open the JSON of each position is most of what a sum of 5,000 costs. */
const ofRecallables = (sums: Sql): Sql => sql`case when p.recallable = 0 then 0 else (${sums}) end`
const open = (day: Sql): Sql =>
  ofRecallables(sql`select coalesce(sum((lot->>'amount')::numeric), 0) from jsonb_array_elements(p.recallables->'lots') lot
    where lot->>'expiresOn' is null or lot->>'expiresOn' >= ${day}`)
const recalled = ofRecallables(
  sql`select coalesce(sum((r->>'amount')::numeric), 0) from jsonb_array_elements(p.recallables->'recalls') r`,
)
const outstanding = sql`greatest(p.called - p.funded - p.written_off, 0)
  + greatest(p.called_outside - p.funded_outside - p.written_off_outside, 0)`

/** Decimals, but for what is said to be in minor units. */
export interface SumRow {
  investors: number
  commitment: string
  called: string
  released: string
  paidIn: string
  distributed: string
  recallableEver: string
  prepaid: string
  outstanding: string
  /** Minor units. */
  stillRecallable: string
  /** Minor units. */
  recalled: string
}

/** `SumRow` of rows `p` of positions. @param day text, on which it is asked what can still be called back */
export const sums = (
  day: Sql,
): Sql => sql`count(*)::int as investors, coalesce(sum(p.commitment), 0)::text as commitment,
  coalesce(sum(p.called), 0)::text as called, coalesce(sum(p.released), 0)::text as released,
  coalesce(sum(p.funded + p.funded_outside), 0)::text as "paidIn", coalesce(sum(p.distributed), 0)::text as distributed,
  coalesce(sum(p.recallable), 0)::text as "recallableEver", coalesce(sum(p.prepaid), 0)::text as prepaid,
  coalesce(sum(${outstanding}), 0)::text as outstanding, coalesce(sum(${open(day)}), 0)::text as "stillRecallable",
  coalesce(sum(${recalled}), 0)::text as recalled`

/** Of a fund as it is kept, or of one investor in it. */
export async function readSums(
  db: TenantDb,
  { fundId, day, investorId }: { fundId: string; day: string; investorId?: string | undefined },
): Promise<SumRow> {
  const row = await db.queryOne<SumRow>(sql`select ${sums(sql`${day}`)} from fund_positions p
    where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid
      ${investorId ? sql`and p.investor_id = ${investorId}::uuid` : empty}`)
  if (!row) throw new Error('a sum has a row')
  return row
}

/** Net assets that each month has added. */
export const readNavByMonth = (
  db: TenantDb,
  fundId: string,
  accounts: readonly string[],
): Promise<{ month: string; amount: string }[]> =>
  db.query(sql`select b.month, sum(b.amount)::text as amount from ledger_balances b
    where b.tenant_id = ${db.tenantId}::uuid and b.fund_id = ${fundId}::uuid and b.account = any(${[...accounts]}::text[])
    group by b.month order by b.month`)

/** Whether the investor has a position in the fund. */
export async function hasPosition(db: TenantDb, fundId: string, investorId: string): Promise<boolean> {
  const row = await db.queryOne<{
    found: boolean
  }>(sql`select exists(select 1 from fund_positions where tenant_id = ${db.tenantId}::uuid
    and fund_id = ${fundId}::uuid and investor_id = ${investorId}::uuid) as found`)
  return row?.found ?? false
}
