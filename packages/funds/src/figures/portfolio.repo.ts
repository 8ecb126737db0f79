// Sums over all funds of a firm: each one question, whatever their number and that of their investors.
import type { FundState, PortfolioFundsQuery } from '@throughline/contracts'
import { decodeCursor, empty, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import { type SumRow, sums } from './figures.repo.ts'

export type PortfolioRow = SumRow & { currency: string; funds: number }

/** Of all funds, by currency. */
export const readPortfolioSums = (db: TenantDb, day: string): Promise<PortfolioRow[]> =>
  db.query<PortfolioRow>(sql`select f.currency, count(distinct f.id)::int as funds, ${sums(sql`${day}`)}
    from funds f left join fund_positions p on p.tenant_id = f.tenant_id and p.fund_id = f.id
    where f.tenant_id = ${db.tenantId}::uuid group by f.currency order by f.currency`)

/**
 * What a fund `f` has on accounts at the end of a day: months up to then, less what was booked behind it in its own month. `accrued`: of
 * it, what the general partner had earned and was not paid when the last NAV was struck.
 */
const balancesOf = (accounts: readonly string[], day: string): Sql => sql`(
  select 0::numeric as amount, (select v.accrued_carry from nav_periods v where v.tenant_id = f.tenant_id and v.fund_id = f.id
    and v.as_of <= ${day}::date order by v.as_of desc, v.revision desc limit 1) as accrued
  union all
  select b.amount, 0 from ledger_balances b where b.tenant_id = f.tenant_id and b.fund_id = f.id
    and b.account = any(${[...accounts]}::text[]) and b.month <= ${day}::date
  union all
  select -l.amount, 0 from ledger_lines l where l.tenant_id = f.tenant_id and l.fund_id = f.id
    and l.effective_on > ${day}::date and l.effective_on < (date_trunc('month', ${day}::date) + interval '1 month')::date
    and l.account = any(${[...accounts]}::text[])) part`

/** Decimals. */
export interface NetAssets {
  nav: string
  /** Of it, what is of no investor. */
  accruedCarry: string
}
const netAssets = sql`coalesce(sum(part.amount), 0)::text as nav, coalesce(sum(part.accrued), 0)::text as "accruedCarry"`

/** Net assets by currency, at the end of a day. */
export const readPortfolioNav = (
  db: TenantDb,
  accounts: readonly string[],
  day: string,
): Promise<(NetAssets & { currency: string })[]> =>
  db.query(sql`select f.currency, ${netAssets} from funds f
    cross join lateral ${balancesOf(accounts, day)}
    where f.tenant_id = ${db.tenantId}::uuid group by f.currency`)

export type PortfolioFundRow = SumRow &
  NetAssets & {
    fundId: string
    name: string
    state: FundState
    vintage: number
  }

/** The funds behind the totals of a currency, by name; one more than asked for when there is a next page. */
export function readPortfolioFunds(
  db: TenantDb,
  { currency, cursor, limit }: PortfolioFundsQuery,
  { accounts, day }: { accounts: readonly string[]; day: string },
): Promise<PortfolioFundRow[]> {
  const after = cursor ? sql`and name > ${decodeCursor(cursor, z.tuple([z.string()]))[0]}` : empty
  return db.query<PortfolioFundRow>(sql`
    select f.id as "fundId", f.name, f.state::text as state, f.vintage, s.*, n.*
    from (select * from funds where tenant_id = ${db.tenantId}::uuid and currency = ${currency} ${after}
      order by name limit ${rowLimit(limit + 1)}) f
    cross join lateral (select ${sums(sql`${day}`)} from fund_positions p
      where p.tenant_id = f.tenant_id and p.fund_id = f.id) s
    cross join lateral (select ${netAssets} from ${balancesOf(accounts, day)}) n
    order by f.name`)
}
