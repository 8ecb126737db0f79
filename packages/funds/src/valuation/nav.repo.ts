// Net asset values as they were struck, and what they are struck from. Rows are added, never changed.
import type { NavKind, NavPeriodView, PageQuery } from '@throughline/contracts'
import { decodeCursor, empty, instantOf, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'

const columns = sql`p.id, p.fund_id as "fundId", p.as_of as "asOf", p.revision, p.nav::text as nav,
  p.accrued_carry::text as "accruedCarry", p.kind,
  (select count(*)::int from nav_shares s where s.tenant_id = p.tenant_id and s.period_id = p.id) as investors,
  ${instantOf(sql`p.created_at`)} as "createdAt"`

const ofFund = (db: TenantDb, fundId: string) => sql`p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid`

function behindPeriod(cursor: string | undefined): Sql {
  if (!cursor) return empty
  const [day, revision] = decodeCursor(cursor, z.tuple([z.iso.date(), z.int()]))
  return sql`and (p.as_of, p.revision) < (${day}::date, ${revision}::int)`
}

/** The latest day first, of a day its latest revision; one more than asked for when there is a next page. */
export function readPeriods(db: TenantDb, fundId: string, { cursor, limit }: PageQuery): Promise<NavPeriodView[]> {
  return db.query<NavPeriodView>(sql`select ${columns} from nav_periods p where ${ofFund(db, fundId)} ${behindPeriod(cursor)}
    order by p.as_of desc, p.revision desc limit ${rowLimit(limit + 1)}`)
}

/** The last that was struck of a day, or of one before it. */
export const readPeriodUpTo = (
  db: TenantDb,
  fundId: string,
  day: string,
  including: boolean,
): Promise<NavPeriodView | undefined> =>
  db.queryOne<NavPeriodView>(sql`select ${columns} from nav_periods p where ${ofFund(db, fundId)}
    and ${including ? sql`p.as_of <= ${day}::date` : sql`p.as_of < ${day}::date`} order by p.as_of desc, p.revision desc limit 1`)

export const readPeriod = (db: TenantDb, id: string): Promise<NavPeriodView | undefined> =>
  db.queryOne<NavPeriodView>(sql`select ${columns} from nav_periods p
    where p.tenant_id = ${db.tenantId}::uuid and p.id = ${id}::uuid`)

/** Amounts are decimals. */
export interface ShareRow {
  investorId: string
  beginning: string
  contributions: string
  distributions: string
  income: string
  fees: string
  unrealised: string
  carry: string
  ending: string
  contributionsToDate: string
  distributionsToDate: string
  incomeToDate: string
  feesToDate: string
  unrealisedToDate: string
  carryToDate: string
}

const shareColumns = sql`s.investor_id as "investorId", s.beginning::text as beginning, s.contributions::text as contributions,
  s.distributions::text as distributions, s.income::text as income, s.fees::text as fees, s.unrealised::text as unrealised,
  s.carry::text as carry, s.ending::text as ending, s.contributions_to_date::text as "contributionsToDate",
  s.distributions_to_date::text as "distributionsToDate", s.income_to_date::text as "incomeToDate",
  s.fees_to_date::text as "feesToDate", s.unrealised_to_date::text as "unrealisedToDate", s.carry_to_date::text as "carryToDate"`

/** All shares of a period, in the order of investors. */
export const readShares = (db: TenantDb, periodId: string): Promise<ShareRow[]> =>
  db.query<ShareRow>(sql`select ${shareColumns} from nav_shares s
    where s.tenant_id = ${db.tenantId}::uuid and s.period_id = ${periodId}::uuid order by s.investor_id`)

export type NamedShareRow = ShareRow & { investorName: string }

export function readSharePage(db: TenantDb, periodId: string, { cursor, limit }: PageQuery): Promise<NamedShareRow[]> {
  const after = cursor ? sql`and s.investor_id > ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  return db.query<NamedShareRow>(sql`select ${shareColumns}, i.name as "investorName"
    from nav_shares s join investors i on i.tenant_id = s.tenant_id and i.id = s.investor_id
    where s.tenant_id = ${db.tenantId}::uuid and s.period_id = ${periodId}::uuid ${after}
    order by s.investor_id limit ${rowLimit(limit + 1)}`)
}

/** The share of one investor in the last NAV up to a day. */
export const readShareUpTo = (
  db: TenantDb,
  { fundId, investorId, day }: { fundId: string; investorId: string; day: string },
): Promise<{ ending: string; asOf: string } | undefined> =>
  db.queryOne(sql`select s.ending::text as ending, p.as_of as "asOf" from nav_periods p
    join nav_shares s on s.tenant_id = p.tenant_id and s.period_id = p.id and s.investor_id = ${investorId}::uuid
    where ${ofFund(db, fundId)} and p.as_of <= ${day}::date order by p.as_of desc, p.revision desc limit 1`)

/** The share of one investor in the last NAV of each fund up to a day there. */
export const readLastShares = (
  db: TenantDb,
  investorId: string,
  days: readonly { fundId: string; day: string }[],
): Promise<{ fundId: string; ending: string; asOf: string }[]> =>
  db.query(sql`select f."fundId", l.ending, l."asOf"
    from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as f("fundId" uuid, day date)
    cross join lateral (select s.ending::text as ending, p.as_of as "asOf" from nav_periods p
      join nav_shares s on s.tenant_id = p.tenant_id and s.period_id = p.id and s.investor_id = ${investorId}::uuid
      where p.tenant_id = ${db.tenantId}::uuid and p.fund_id = f."fundId" and p.as_of <= f.day
      order by p.as_of desc, p.revision desc limit 1) l`)

export type PeriodShareRow = ShareRow & {
  periodId: string
  asOf: string
  revision: number
  kind: NavKind
  /** Of the whole fund. */
  nav: string
}

/** The parts of one investor, the latest day first; one more than asked for when there is a next page. */
export function readSharesOfInvestor(
  db: TenantDb,
  { fundId, investorId }: { fundId: string; investorId: string },
  { cursor, limit }: PageQuery,
): Promise<PeriodShareRow[]> {
  return db.query<PeriodShareRow>(sql`select p.id as "periodId", p.as_of as "asOf", p.revision, p.kind, p.nav::text as nav, ${shareColumns}
    from nav_periods p join nav_shares s on s.tenant_id = p.tenant_id and s.period_id = p.id and s.investor_id = ${investorId}::uuid
    where ${ofFund(db, fundId)} ${behindPeriod(cursor)}
    order by p.as_of desc, p.revision desc limit ${rowLimit(limit + 1)}`)
}

export async function insertPeriod(
  db: TenantDb,
  {
    fundId,
    asOf,
    revision,
    nav,
    accruedCarry,
    kind,
  }: Pick<NavPeriodView, 'fundId' | 'asOf' | 'revision' | 'nav' | 'accruedCarry' | 'kind'>,
  now: Date,
): Promise<string> {
  const row = await db.queryOne<{
    id: string
  }>(sql`insert into nav_periods (tenant_id, id, fund_id, as_of, revision, nav, accrued_carry, kind, created_at)
    values (${db.tenantId}::uuid, uuidv7(), ${fundId}::uuid, ${asOf}::date, ${revision}, ${nav}::numeric, ${accruedCarry}::numeric, ${kind}, ${now}::timestamptz)
    returning id`)
  if (!row) throw new Error('an insert that succeeds returns its row')
  return row.id
}

export const insertShares = (db: TenantDb, periodId: string, shares: readonly ShareRow[]): Promise<number> =>
  db.execute(sql`
    insert into nav_shares (tenant_id, period_id, investor_id, beginning, contributions, distributions, income, fees, unrealised, carry,
      ending, contributions_to_date, distributions_to_date, income_to_date, fees_to_date, unrealised_to_date, carry_to_date)
    select ${db.tenantId}::uuid, ${periodId}::uuid, s."investorId", s.beginning, s.contributions, s.distributions, s.income, s.fees,
      s.unrealised, s.carry, s.ending, s."contributionsToDate", s."distributionsToDate", s."incomeToDate", s."feesToDate",
      s."unrealisedToDate", s."carryToDate"
    from jsonb_to_recordset(${JSON.stringify(shares)}::jsonb) as s("investorId" uuid, beginning numeric, contributions numeric,
      distributions numeric, income numeric, fees numeric, unrealised numeric, carry numeric, ending numeric,
      "contributionsToDate" numeric, "distributionsToDate" numeric, "incomeToDate" numeric, "feesToDate" numeric,
      "unrealisedToDate" numeric, "carryToDate" numeric)`)

export interface CommittedRow {
  investorId: string
  /** Minor units as text, as of the day. */
  commitment: string
  /** A decimal, as of today. */
  feeFree: string
}

/** What investors had committed by a day. */
export const readCommitted = (db: TenantDb, fundId: string, day: string): Promise<CommittedRow[]> =>
  db.query<CommittedRow>(sql`
    select c.investor_id as "investorId", c.commitment::text as commitment, p.fee_free::text as "feeFree"
    from (
      select e.investor_id, sum((case when e.kind in ('decreased', 'transferred_out') then -1 else 1 end)
        * coalesce((e.data->>'amount')::numeric, (e.data->'part'->>'commitment')::numeric)) as commitment
      from position_events e
      where e.tenant_id = ${db.tenantId}::uuid and e.fund_id = ${fundId}::uuid and e.happened_on <= ${day}::date
        and e.kind in ('committed', 'increased', 'decreased', 'transferred_in', 'transferred_out')
      group by e.investor_id) c
    join fund_positions p on p.tenant_id = ${db.tenantId}::uuid and p.fund_id = ${fundId}::uuid and p.investor_id = c.investor_id
    order by c.investor_id`)
