// Investors and where they stand, as the API shows them: one statement each, whatever the number of investors.
import type {
  FundInvestorView,
  InvestorDetail,
  ListFundInvestors,
  ListInvestors,
  PositionEventView,
} from '@throughline/contracts'
import { decodeCursor, empty, likePattern, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import { datedFunds, figuresJson, standings } from './figures.repo.ts'
import { type InvestorRow, investorColumns, oneInvestor } from './investors.repo.ts'

const named = (q: string | undefined): Sql =>
  q ? sql`and (i.name ilike ${likePattern(q)} or i.code ilike ${likePattern(q)})` : empty

function after(cursor: string | undefined): Sql {
  if (!cursor) return empty
  const [name, id] = decodeCursor(cursor, z.tuple([z.string(), z.uuid()]))
  return sql`and (i.name, i.id) > (${name}, ${id}::uuid)`
}

/** By name; one more than asked for when there is a next page. */
export const findInvestors = (db: TenantDb, { q, limit, cursor }: ListInvestors): Promise<InvestorRow[]> =>
  db.query<InvestorRow>(sql`select ${investorColumns} from investors i
    where i.tenant_id = ${db.tenantId}::uuid ${named(q)} ${after(cursor)} order by i.name, i.id limit ${limit + 1}`)

/** One investor with where it stands in all funds. */
export const findInvestorDetail = (
  db: TenantDb,
  id: string,
  now: Date,
): Promise<(InvestorRow & Pick<InvestorDetail, 'positions'>) | undefined> =>
  db.queryOne(sql`
    select ${investorColumns}, (
      select coalesce(json_agg(json_build_object('fundId', f.id, 'fundName', f.name, 'fundState', f.state,
        'currency', f.currency, 'asOf', f.today, 'defaultedOn', s.defaulted_on, 'figures', ${figuresJson}) order by f.name), '[]')
      from ${datedFunds(
        sql`select * from funds where tenant_id = ${db.tenantId}::uuid
          and id in (select fund_id from fund_positions where tenant_id = ${db.tenantId}::uuid and investor_id = ${id}::uuid)`,
        now,
      )} f cross join lateral ${standings(sql`p.investor_id = ${id}::uuid`)} s
    ) as positions
    from investors i where ${oneInvestor(db, id)}`)

export interface FundInvestorRow extends FundInvestorView {
  asOf: string
}

/** The investors of a fund by name, with where they stand. */
export const findFundInvestors = (
  db: TenantDb,
  fundId: string,
  { q, limit, cursor }: ListFundInvestors,
  now: Date,
): Promise<FundInvestorRow[]> => {
  const fund = sql`select * from funds where tenant_id = ${db.tenantId}::uuid and id = ${fundId}::uuid`
  return db.query<FundInvestorRow>(sql`
    select i.id as "investorId", i.code, i.name, i.kind::text as kind, s.defaulted_on as "defaultedOn", f.today as "asOf",
      ${figuresJson} as figures
    from ${datedFunds(fund, now)} f
    join (
      select i.* from investors i
      join fund_positions held on held.tenant_id = i.tenant_id and held.fund_id = ${fundId}::uuid and held.investor_id = i.id
      where i.tenant_id = ${db.tenantId}::uuid ${named(q)} ${after(cursor)} order by i.name, i.id limit ${limit + 1}
    ) i on i.tenant_id = f.tenant_id
    cross join lateral ${standings(sql`p.investor_id = i.id`)} s
    order by i.name, i.id`)
}

export interface StoredEventRow extends Omit<PositionEventView, 'at' | 'amount' | 'outside' | 'recallable'> {
  data: unknown
  at: Date
}

/** What has happened to an investor in a fund, latest first. */
export function findEvents(
  db: TenantDb,
  {
    fundId,
    investorId,
    limit,
    cursor,
  }: { fundId: string; investorId: string; limit: number; cursor?: string | undefined },
): Promise<StoredEventRow[]> {
  const [on, id] = cursor ? decodeCursor(cursor, z.tuple([z.iso.date(), z.uuid()])) : []
  return db.query<StoredEventRow>(sql`
    select e.id, e.happened_on as "on", e.kind, e.data, json_build_object('kind', e.source_kind, 'id', e.source_id) as source,
      e.reason, e.created_at as at
    from position_events e
    where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.investor_id = ${investorId}::uuid
      ${on && id ? sql`and (e.happened_on, e.id) < (${on}::date, ${id}::uuid)` : empty}
    order by e.happened_on desc, e.id desc limit ${limit + 1}`)
}

/** What is not folded of events, as it was at the end of a day. Fee-free in minor units, prepaid as a decimal. */
export async function findBeside(
  db: TenantDb,
  { fundId, investorId, day }: { fundId: string; investorId: string; day: string },
): Promise<{ feeFree: string; prepaid: string }> {
  const t = sql`${db.tenantId}::uuid`
  const row = await db.queryOne<{ feeFree: string; prepaid: string }>(sql`select
    (select coalesce(sum(case when e.kind in ('decreased', 'transferred_out') then -1 else 1 end
        * coalesce(e.data ->> 'amount', e.data -> 'part' ->> 'commitment')::numeric), 0)::text
      from position_events e join commitments c on c.tenant_id = e.tenant_id and c.id = e.commitment_id
      where e.tenant_id = ${t} and e.fund_id = ${fundId}::uuid and e.investor_id = ${investorId}::uuid and c.fee_free
        and e.kind in ('committed', 'increased', 'decreased', 'transferred_in', 'transferred_out')
        and e.happened_on <= ${day}::date) as "feeFree",
    (select coalesce(-sum(l.amount), 0)::numeric(18, 2)::text from ledger_lines l
      where l.tenant_id = ${t} and l.fund_id = ${fundId}::uuid and l.investor_id = ${investorId}::uuid
        and l.account = 'prepaid_capital' and l.effective_on <= ${day}::date) as prepaid`)
  if (!row) throw new Error('a select without a table has a row')
  return row
}
