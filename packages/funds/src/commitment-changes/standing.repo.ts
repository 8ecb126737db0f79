// What has to be known before a commitment changes.
import { sql, type TenantDb } from '@throughline/db'

/** The day of the last call that was issued and not cancelled. */
export async function lastCalledOn(db: TenantDb, fundId: string): Promise<string | null> {
  const row = await db.queryOne<{ on: string }>(sql`
    select e.happened_on as "on" from position_events e
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.kind = 'called'
      and not exists (select from capital_calls c
        where c.tenant_id = e.tenant_id and c.id = e.source_id and c.state = 'CANCELLED')
    order by e.happened_on desc limit 1`)
  return row?.on ?? null
}

/** What stands on the accounts of distributions of an investor, debits above zero. */
export async function distributedTo(
  db: TenantDb,
  fundId: string,
  investorId: string,
): Promise<Record<'returned' | 'gain' | 'income', string>> {
  const row = await db.queryOne<Record<'returned' | 'gain' | 'income', string>>(sql`
    select coalesce(sum(amount) filter (where account = 'returned_capital'), 0)::numeric(18, 2)::text as returned,
      coalesce(sum(amount) filter (where account = 'distributed_gain'), 0)::numeric(18, 2)::text as gain,
      coalesce(sum(amount) filter (where account = 'distributed_income'), 0)::numeric(18, 2)::text as income
    from investor_balances
    where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and investor_id = ${investorId}::uuid`)
  return row ?? { returned: '0', gain: '0', income: '0' }
}
