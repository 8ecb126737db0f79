// Money between a fund and its investors, and between a fund and its deals, by day.
import { empty, type Sql, sql, type TenantDb } from '@throughline/db'

export interface InvestorFlowRow {
  fundId: string
  on: string
  /** Settled on lines, less what bounced; minor units as text. */
  contributed: string
  /** Declared, taxes included, the general partner's carry not. */
  distributed: string
}

const minor = (name: string): Sql => sql`(e.data->>${name})::numeric`

/** Sums of events `e`, of those that `areFlows`. */
const contributed = sql`coalesce(sum(${minor('insideCommitment')} + ${minor('outsideCommitment')}) filter (where e.kind = 'funded'), 0)`
const distributed = sql`coalesce(sum(case e.kind when 'distributed' then ${minor('amount')} when 'distribution_reversed' then -${minor('amount')} end), 0)`
const areFlows = sql`e.kind in ('funded', 'distributed', 'distribution_reversed')`

const readFlowsWhere = (db: TenantDb, condition: Sql): Promise<InvestorFlowRow[]> =>
  db.query<InvestorFlowRow>(sql`
    select e.fund_id as "fundId", e.happened_on as on, ${contributed}::text as contributed, ${distributed}::text as distributed
    from position_events e where e.tenant_id = ${db.tenantId}::uuid and ${condition} and ${areFlows}
    group by e.fund_id, e.happened_on order by e.happened_on`)

/** Of all investors together, or of one; the days on which something happened, in their order. */
export const readInvestorFlows = (
  db: TenantDb,
  fundId: string,
  through: string,
  investorId?: string,
): Promise<InvestorFlowRow[]> =>
  readFlowsWhere(
    db,
    sql`e.fund_id = ${fundId}::uuid and e.happened_on <= ${through}::date
      ${investorId ? sql`and e.investor_id = ${investorId}::uuid` : empty}`,
  )

/** Of one investor in some funds. */
export const readFlowsOfInvestor = (
  db: TenantDb,
  investorId: string,
  fundIds: readonly string[],
): Promise<InvestorFlowRow[]> =>
  readFlowsWhere(db, sql`e.fund_id = any(${[...fundIds]}::uuid[]) and e.investor_id = ${investorId}::uuid`)

export interface PortfolioFlowRow {
  currency: string
  on: string
  /** Minor units: distributed less contributed. */
  amount: string
}

/** Of all funds of a firm together, by currency and day. */
export const readPortfolioFlows = (db: TenantDb, through: string): Promise<PortfolioFlowRow[]> =>
  db.query<PortfolioFlowRow>(sql`
    select f.currency, e.happened_on as on, (${distributed} - ${contributed})::text as amount
    from funds f join position_events e on e.tenant_id = f.tenant_id and e.fund_id = f.id
    where f.tenant_id = ${db.tenantId}::uuid and e.happened_on <= ${through}::date and ${areFlows}
    group by f.currency, e.happened_on order by f.currency, e.happened_on`)

export interface DealFlowRow {
  fundId: string
  dealId: string
  on: string
  /** Decimals. */
  invested: string
  soldCost: string
  proceeds: string
  income: string
  unrealised: string
}

const readDealFlowsWhere = (db: TenantDb, condition: Sql, through: string): Promise<DealFlowRow[]> =>
  db.query<DealFlowRow>(sql`
    select e.fund_id as "fundId", e.deal_id as "dealId", e.effective_on as on,
      coalesce(sum(l.amount) filter (where l.account = 'investments' and k.kind = 'investment'), 0)::text as invested,
      coalesce(-sum(l.amount) filter (where l.account = 'investments' and k.kind = 'investment_proceeds'), 0)::text as "soldCost",
      coalesce(sum(l.amount) filter (where l.account = 'cash' and k.kind = 'investment_proceeds'), 0)::text as proceeds,
      coalesce(sum(l.amount) filter (where l.account = 'cash' and k.kind = 'investment_income'), 0)::text as income,
      coalesce(sum(l.amount) filter (where l.account = 'unrealised_value'), 0)::text as unrealised
    from ledger_entries e
    left join ledger_entries r on r.tenant_id = e.tenant_id and r.id = e.reverses_id
    cross join lateral (select coalesce(r.kind, e.kind) as kind) k
    join ledger_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
    where e.tenant_id = ${db.tenantId}::uuid and ${condition} and e.deal_id is not null
      and e.source_kind in ('investment', 'nav_mark') and e.effective_on <= ${through}::date
    group by e.fund_id, e.deal_id, e.effective_on order by e.effective_on, e.deal_id`)

/** What happened to the holdings of a fund, by deal and day; what was reversed takes its own back. */
export const readDealFlows = (db: TenantDb, fundId: string, through: string): Promise<DealFlowRow[]> =>
  readDealFlowsWhere(db, sql`e.fund_id = ${fundId}::uuid`, through)

/** What one fund holds of one deal. */
export interface HeldDeal {
  fundId: string
  dealId: string
}

/** The same of some holdings of many funds. */
export const readFlowsOfHoldings = (db: TenantDb, held: readonly HeldDeal[], through: string): Promise<DealFlowRow[]> =>
  readDealFlowsWhere(
    db,
    sql`(e.deal_id, e.fund_id) in (select h."dealId", h."fundId"
      from jsonb_to_recordset(${JSON.stringify(held)}::jsonb) as h("dealId" uuid, "fundId" uuid))`,
    through,
  )

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
