// Money between a fund and its investors, and between a fund and its deals, by day.
import { empty, type Sql, sql, type TenantDb } from '@throughline/db'

export interface InvestorFlowRow {
  on: string
  /** Settled on lines, less what bounced; minor units as text. */
  contributed: string
  /** Declared, taxes included, the general partner's carry not. */
  distributed: string
}

const minor = (name: string): Sql => sql`(e.data->>${name})::numeric`

/** Of all investors together, or of one; the days on which something happened, in their order. */
export const readInvestorFlows = (
  db: TenantDb,
  fundId: string,
  through: string,
  investorId?: string,
): Promise<InvestorFlowRow[]> =>
  db.query<InvestorFlowRow>(sql`
    select e.happened_on as on,
      coalesce(sum(${minor('insideCommitment')} + ${minor('outsideCommitment')}) filter (where e.kind = 'funded'), 0)::text as contributed,
      coalesce(sum(case e.kind when 'distributed' then ${minor('amount')} when 'distribution_reversed' then -${minor('amount')} end),
        0)::text as distributed
    from position_events e
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.happened_on <= ${through}::date
      and e.kind in ('funded', 'distributed', 'distribution_reversed')
      ${investorId ? sql`and e.investor_id = ${investorId}::uuid` : empty}
    group by e.happened_on order by e.happened_on`)

export interface DealFlowRow {
  dealId: string
  on: string
  /** Decimals. */
  invested: string
  soldCost: string
  proceeds: string
  income: string
  unrealised: string
}

/** What happened to the holdings of a fund, by deal and day; what was reversed takes its own back. */
export const readDealFlows = (db: TenantDb, fundId: string, through: string): Promise<DealFlowRow[]> =>
  db.query<DealFlowRow>(sql`
    select e.deal_id as "dealId", e.effective_on as on,
      coalesce(sum(l.amount) filter (where l.account = 'investments' and k.kind = 'investment'), 0)::text as invested,
      coalesce(-sum(l.amount) filter (where l.account = 'investments' and k.kind = 'investment_proceeds'), 0)::text as "soldCost",
      coalesce(sum(l.amount) filter (where l.account = 'cash' and k.kind = 'investment_proceeds'), 0)::text as proceeds,
      coalesce(sum(l.amount) filter (where l.account = 'cash' and k.kind = 'investment_income'), 0)::text as income,
      coalesce(sum(l.amount) filter (where l.account = 'unrealised_value'), 0)::text as unrealised
    from ledger_entries e
    left join ledger_entries r on r.tenant_id = e.tenant_id and r.id = e.reverses_id
    cross join lateral (select coalesce(r.kind, e.kind) as kind) k
    join ledger_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.deal_id is not null
      and e.source_kind in ('investment', 'nav_mark') and e.effective_on <= ${through}::date
    group by e.deal_id, e.effective_on order by e.effective_on, e.deal_id`)

export interface CarryRow {
  investorId: string
  carry: string
}

/** Carry that was declared, by who got it. */
export const readCarry = (db: TenantDb, fundId: string, through: string): Promise<CarryRow[]> =>
  db.query<CarryRow>(sql`select l.investor_id as "investorId", sum(l.carry)::text as carry
    from distributions d join distribution_lines l on l.tenant_id = d.tenant_id and l.distribution_id = d.id
    where d.tenant_id = ${db.tenantId}::uuid and d.fund_id = ${fundId}::uuid and d.state in ('DECLARED', 'PAID')
      and d.distributed_on <= ${through}::date and l.carry <> 0
    group by l.investor_id order by l.investor_id`)
