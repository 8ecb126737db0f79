// Funds as the API shows them: one statement each, whatever the number of investors.
import type { FundTotals, ListFunds } from '@throughline/contracts'
import { decodeCursor, empty, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import { currenciesWithoutDecimals } from '../minor-units.ts'

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

/** `standing` of the rules, for all investors at once. JSON keeps minor units: yen have none. */
const recallables = (part: Sql, condition: Sql): Sql => sql`coalesce((select sum((each ->> 'amount')::numeric)
  from jsonb_array_elements(p.recallables -> ${part}) each where ${condition}), 0)`

const totalsOn = (day: Sql): Sql => sql`
  select json_build_object('investors', count(*)::int,
    'commitment', coalesce(sum(s.commitment), 0)::text,
    'called', coalesce(sum(s.called), 0)::text,
    'calledOutside', coalesce(sum(s.called_outside), 0)::text,
    'uncalled', coalesce(sum(s.commitment - s.called - s.released) + sum(s.again) / f.units, 0)::numeric(18, 2)::text,
    'paidIn', coalesce(sum(s.funded + s.funded_outside), 0)::text,
    'outstanding', coalesce(sum(greatest(s.called - s.funded - s.written_off, 0)
      + greatest(s.called_outside - s.funded_outside - s.written_off_outside, 0)), 0)::text,
    'prepaid', coalesce(sum(s.prepaid), 0)::text,
    'distributed', coalesce(sum(s.distributed), 0)::text) as totals
  from (
    select p.*, case when p.recallable = 0 then 0 else ${recallables(sql`'recalls'`, sql`true`)} + ${recallables(
      sql`'lots'`,
      sql`coalesce(each ->> 'expiresOn', 'infinity')::date >= ${day}`,
    )} end as again
    from fund_positions p where p.tenant_id = f.tenant_id and p.fund_id = f.id
  ) s`

const withTotals = (funds: Sql, now: Date): Sql => sql`
  select ${columns}, f.today as "asOf", t.totals from (
    select *, (${now}::timestamptz at time zone time_zone)::date as today,
      case when currency = any(${currenciesWithoutDecimals}::text[]) then 1 else 100 end as units
    from (${funds}) funds
  ) f cross join lateral (${totalsOn(sql`f.today`)}) t`

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
