// Sums over investors, each one question whatever their number.
import { empty, sql, type TenantDb } from '@throughline/db'

const open = (
  day: string,
) => sql`(select coalesce(sum((lot->>'amount')::numeric), 0) from jsonb_array_elements(p.recallables->'lots') lot
  where lot->>'expiresOn' is null or lot->>'expiresOn' >= ${day})`
const recalled = sql`(select coalesce(sum((r->>'amount')::numeric), 0) from jsonb_array_elements(p.recallables->'recalls') r)`
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

const sums = (day: string) => sql`count(*)::int as investors, coalesce(sum(p.commitment), 0)::text as commitment,
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
  const row = await db.queryOne<SumRow>(sql`select ${sums(day)} from fund_positions p
    where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid
      ${investorId ? sql`and p.investor_id = ${investorId}::uuid` : empty}`)
  if (!row) throw new Error('a sum has a row')
  return row
}

export type PortfolioRow = SumRow & { currency: string; funds: number }

/** Of all funds, by currency. */
export const readPortfolioSums = (db: TenantDb, day: string): Promise<PortfolioRow[]> =>
  db.query<PortfolioRow>(sql`select f.currency, count(distinct f.id)::int as funds, ${sums(day)}
    from funds f left join fund_positions p on p.tenant_id = f.tenant_id and p.fund_id = f.id
    where f.tenant_id = ${db.tenantId}::uuid group by f.currency order by f.currency`)

/** Net assets by currency, at the end of a day. */
export const readPortfolioNav = (
  db: TenantDb,
  accounts: readonly string[],
  day: string,
): Promise<{ currency: string; nav: string }[]> =>
  db.query(sql`select f.currency, coalesce(sum(part.amount), 0)::text as nav from funds f
    cross join lateral (
      select b.amount from ledger_balances b where b.tenant_id = f.tenant_id and b.fund_id = f.id
        and b.account = any(${[...accounts]}::text[]) and b.month <= ${day}::date
      union all
      select -l.amount from ledger_lines l where l.tenant_id = f.tenant_id and l.fund_id = f.id
        and l.effective_on > ${day}::date and l.effective_on < (date_trunc('month', ${day}::date) + interval '1 month')::date
        and l.account = any(${[...accounts]}::text[])) part
    where f.tenant_id = ${db.tenantId}::uuid group by f.currency`)

export interface PortfolioFlowRow {
  currency: string
  on: string
  /** Minor units: distributed less contributed. */
  amount: string
}

export const readPortfolioFlows = (db: TenantDb, through: string): Promise<PortfolioFlowRow[]> =>
  db.query<PortfolioFlowRow>(sql`
    select f.currency, e.happened_on as on, sum(case e.kind
        when 'funded' then -(e.data->>'insideCommitment')::numeric - (e.data->>'outsideCommitment')::numeric
        when 'distributed' then (e.data->>'amount')::numeric else -(e.data->>'amount')::numeric end)::text as amount
    from funds f join position_events e on e.tenant_id = f.tenant_id and e.fund_id = f.id
    where f.tenant_id = ${db.tenantId}::uuid and e.happened_on <= ${through}::date
      and e.kind in ('funded', 'distributed', 'distribution_reversed')
    group by f.currency, e.happened_on order by f.currency, e.happened_on`)

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
