// Funds as the API shows them: one statement each, whatever the number of investors.
import type { FundTotals, ListFunds, RecentOfFund } from '@throughline/contracts'
import { decodeCursor, empty, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import { datedFunds, standings, totalsJson } from '../investors/index.ts'

export interface FundRow {
  id: string
  name: string
  legalName: string
  currency: string
  timeZone: string
  vintage: number
  state: 'OPEN' | 'CLOSED'
  terms: unknown
  wireMask: string | null
  lockedThrough: string | null
  asOf: string
  version: number
  createdAt: Date
  updatedAt: Date
  totals: FundTotals
}

const columns = sql`f.id, f.name, f.legal_name as "legalName", f.currency, f.time_zone as "timeZone", f.vintage,
  f.state::text as state, f.terms, f.wire_mask as "wireMask", f.locked_through as "lockedThrough", f.version,
  f.created_at as "createdAt", f.updated_at as "updatedAt"`

const withTotals = (funds: Sql, now: Date): Sql => sql`
  select ${columns}, f.today as "asOf", t.totals from ${datedFunds(funds, now)} f
  cross join lateral (select ${totalsJson} as totals from ${standings(sql`true`)} s) t`

/** By name; one more than asked for when there is a next page. */
export function findFunds(db: TenantDb, { limit, cursor }: ListFunds, now: Date): Promise<FundRow[]> {
  const after = cursor ? sql`and name > ${decodeCursor(cursor, z.tuple([z.string()]))[0]}` : empty
  const page = sql`select * from funds where tenant_id = ${db.tenantId}::uuid ${after} order by name limit ${limit + 1}`
  return db.query<FundRow>(sql`${withTotals(page, now)} order by f.name`)
}

export const findFund = (db: TenantDb, id: string, now: Date): Promise<FundRow | undefined> =>
  db.queryOne<FundRow>(
    withTotals(sql`select * from funds where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid`, now),
  )

type Recent = RecentOfFund['data'][number]
const recentRows = 20

/** Entries and changes of commitments, latest first. A transfer is one line: the side that gave. */
export function findRecent(db: TenantDb, fundId: string, now: Date): Promise<(Omit<Recent, 'at'> & { at: Date })[]> {
  const [t, fund] = [sql`${db.tenantId}::uuid`, sql`${fundId}::uuid`]
  return db.query(sql`
    select r.id, r.kind, r."on", r.at, r.amount, r.reason, json_build_object('kind', r.source_kind, 'id', r.source_id) as source,
      case when i.id is null then null else json_build_object('id', i.id, 'name', i.name) end as investor
    from (
      (select e.id, e.kind, e.effective_on as "on", e.posted_at as at, e.reason, e.source_kind, e.source_id,
          null::uuid as investor_id, (select coalesce(sum(l.amount), 0)::numeric(18, 2)::text from ledger_lines l
            where l.tenant_id = ${t} and l.entry_id = e.id and l.amount > 0) as amount
        from ledger_entries e where e.tenant_id = ${t} and e.fund_id = ${fund} and e.source_kind <> 'commitment'
        order by e.number desc limit ${recentRows})
      union all
      (select e.id, e.kind, e.happened_on, e.created_at, e.reason, e.source_kind, e.source_id, e.investor_id,
          (coalesce(e.data ->> 'amount', e.data -> 'part' ->> 'commitment')::numeric / f.units)::numeric(18, 2)::text
        from position_events e cross join ${datedFunds(sql`select * from funds where tenant_id = ${t} and id = ${fund}`, now)} f
        where e.tenant_id = ${t} and e.fund_id = ${fund} and e.source_kind = 'commitment' and e.kind <> 'transferred_in'
        order by e.id desc limit ${recentRows})
    ) r
    left join investors i on i.tenant_id = ${t} and i.id = r.investor_id
    order by r.at desc, r.id desc limit ${recentRows}`)
}
