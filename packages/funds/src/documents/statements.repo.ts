// What statements are made of, a batch of investors at a time.
import { sql, type TenantDb } from '@throughline/db'

/** Investors to whom something has happened by then, in the order of their ids. */
export const readInvestors = (db: TenantDb, fundId: string, day: string): Promise<{ id: string }[]> =>
  db.query(sql`select p.investor_id as id from fund_positions p
    where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid and exists (select 1 from position_events e
      where e.tenant_id = p.tenant_id and e.fund_id = p.fund_id and e.investor_id = p.investor_id and e.happened_on <= ${day}::date)
    order by 1`)

/** The last day by then for which the NAV was struck. */
export const readLastStruck = (db: TenantDb, fundId: string, day: string): Promise<{ asOf: string } | undefined> =>
  db.queryOne(sql`select as_of as "asOf" from nav_periods where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid
    and as_of <= ${day}::date order by as_of desc limit 1`)

export interface NavRow {
  investorId: string
  asOf: string
  beginning: string
  contributions: string
  distributions: string
  income: string
  fees: string
  unrealised: string
  carry: string
  ending: string
}

/** The latest revision of each day, in the order of days. */
export const readNavChains = (
  db: TenantDb,
  fundId: string,
  day: string,
  investorIds: readonly string[],
): Promise<NavRow[]> =>
  db.query<NavRow>(sql`
    with latest as (select distinct on (as_of) id, as_of from nav_periods
      where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and as_of <= ${day}::date order by as_of, revision desc)
    select s.investor_id as "investorId", p.as_of as "asOf", s.beginning, s.contributions, s.distributions, s.income, s.fees,
      s.unrealised, s.carry, s.ending
    from latest p join nav_shares s on s.tenant_id = ${db.tenantId}::uuid and s.period_id = p.id
      and s.investor_id = any(${investorIds}::uuid[])
    order by p.as_of`)

/** In minor units. */
export interface ContributionRow {
  investorId: string
  date: string
  purpose: string
  inside: string
  outside: string
}

/** What was settled, by day and call. */
export const readContributions = (
  db: TenantDb,
  fundId: string,
  day: string,
  investorIds: readonly string[],
): Promise<ContributionRow[]> =>
  db.query<ContributionRow>(sql`
    select e.investor_id as "investorId", e.happened_on as date, coalesce('Call ' || c.number || ': ' || c.title, c.title, 'Contribution')
        as purpose, sum((e.data->>'insideCommitment')::numeric)::text as inside,
      sum((e.data->>'outsideCommitment')::numeric)::text as outside
    from position_events e
    left join payments p on e.source_kind = 'payment' and p.tenant_id = e.tenant_id and p.id = e.source_id
    left join capital_calls c on c.tenant_id = e.tenant_id and c.id = case e.source_kind when 'capital_call' then e.source_id else p.call_id end
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.kind = 'funded' and e.happened_on <= ${day}::date
      and e.investor_id = any(${investorIds}::uuid[])
    group by 1, 2, 3
    having sum((e.data->>'insideCommitment')::numeric) <> 0 or sum((e.data->>'outsideCommitment')::numeric) <> 0
    order by 2, 3`)

/** `gross` and `recallable` in minor units, `withheld` a decimal. */
export interface DistributedRow {
  investorId: string
  date: string
  title: string
  gross: string
  recallable: string
  withheld: string
}

export const readDistributed = (
  db: TenantDb,
  fundId: string,
  day: string,
  investorIds: readonly string[],
): Promise<DistributedRow[]> =>
  db.query<DistributedRow>(sql`
    select e.investor_id as "investorId", e.happened_on as date, coalesce(d.title, 'Distribution') as title, e.data->>'amount' as gross,
      e.data->>'recallable' as recallable, coalesce(l.withheld, 0) as withheld
    from position_events e
    left join distributions d on e.source_kind = 'distribution' and d.tenant_id = e.tenant_id and d.id = e.source_id
    left join distribution_lines l on l.tenant_id = d.tenant_id and l.distribution_id = d.id and l.investor_id = e.investor_id
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.kind = 'distributed' and e.happened_on <= ${day}::date
      and e.investor_id = any(${investorIds}::uuid[])
    order by e.happened_on, e.id`)

export const readNames = (
  db: TenantDb,
  investorIds: readonly string[],
): Promise<{ id: string; code: string; name: string; firm: string }[]> =>
  db.query(sql`select i.id, i.code, i.name, t.name as firm from investors i join tenants t on t.id = i.tenant_id
    where i.tenant_id = ${db.tenantId}::uuid and i.id = any(${investorIds}::uuid[]) order by i.id`)
