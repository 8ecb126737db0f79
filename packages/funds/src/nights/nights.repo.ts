// Which funds a night has begun for, read across firms.
import { type PlatformDb, sql, type TenantDb } from '@throughline/db'

/** Zones of the funds, and of the firms that have funds. */
export const readZones = async (platform: PlatformDb): Promise<string[]> =>
  (
    await platform.query<{ zone: string }>(sql`select distinct zone from (
      select f.time_zone as zone from funds f join tenants t on t.id = f.tenant_id and t.status = 'ACTIVE'
      union all select t.timezone from tenants t where t.status = 'ACTIVE' and exists (select 1 from funds f where f.tenant_id = t.id)) z`)
  ).map(({ zone }) => zone)

export interface FundAtNight {
  tenantId: string
  fundId: string
  name: string
  state: string
  zone: string
  createdAt: Date
  /** The last night that was begun. */
  lastNight: string | null
}

/** Funds of these zones whose night of a day was not begun yet. */
export const readFundsAtNight = (
  platform: PlatformDb,
  zones: readonly { zone: string; day: string }[],
): Promise<FundAtNight[]> =>
  platform.query<FundAtNight>(sql`
    select f.tenant_id as "tenantId", f.id as "fundId", f.name, f.state::text as state, f.time_zone as zone,
      f.created_at as "createdAt", n.last as "lastNight"
    from jsonb_to_recordset(${JSON.stringify(zones)}::jsonb) as z(zone text, day date)
    join funds f on f.time_zone = z.zone
    join tenants t on t.id = f.tenant_id and t.status = 'ACTIVE'
    left join lateral (select max(r.as_of) as last from reconciliation_runs r
      where r.tenant_id = f.tenant_id and r.fund_id = f.id and r.nightly) n on true
    where n.last is null or n.last < z.day order by f.tenant_id, f.id`)

/** Firms whose week in their own zone begins, and that have funds. */
export const readFirmsIn = async (
  platform: PlatformDb,
  zones: readonly string[],
): Promise<{ id: string; zone: string }[]> =>
  platform.query(sql`select t.id, t.timezone as zone from tenants t where t.status = 'ACTIVE' and t.timezone = any(${[...zones]}::text[])
    and exists (select 1 from funds f where f.tenant_id = t.id) order by t.id`)

export interface OpenLine {
  lineId: string
  fundId: string
  fundName: string
  callId: string
  callTitle: string
}

/** Notes that a reminder goes out this week for each line that is not paid. @returns those that had none yet */
export const takeReminders = (db: TenantDb, weekOf: string): Promise<OpenLine[]> =>
  db.query<OpenLine>(sql`with taken as (insert into call_reminders (tenant_id, line_id, week_of)
      select l.tenant_id, l.id, ${weekOf}::date from capital_call_lines l
      join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id and c.state = 'ISSUED'
      where l.tenant_id = ${db.tenantId}::uuid and not l.excused and l.due > l.applied + l.written_off
      on conflict do nothing returning line_id)
    select l.id as "lineId", l.fund_id as "fundId", f.name as "fundName", l.call_id as "callId", c.title as "callTitle"
    from capital_call_lines l join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id
    join funds f on f.tenant_id = l.tenant_id and f.id = l.fund_id
    where l.tenant_id = ${db.tenantId}::uuid and l.id in (select line_id from taken) order by l.fund_id, l.call_id, l.id`)

/** Members who look after funds. */
export const readManagers = async (db: TenantDb): Promise<string[]> =>
  (
    await db.query<{ id: string }>(sql`select id from members where tenant_id = ${db.tenantId}::uuid
      and role in ('OWNER', 'ADMIN', 'MANAGER') and disabled_at is null order by id`)
  ).map(({ id }) => id)

export interface ReminderFacts {
  fundName: string
  legalName: string
  currency: string
  callTitle: string
  reference: string
  dueDate: string
  outstanding: string
  overdue: boolean
  investorName: string
  contacts: unknown
}

/** What a reminder says; nothing when the line is paid meanwhile. */
export const readReminder = (db: TenantDb, lineId: string, now: Date): Promise<ReminderFacts | undefined> =>
  db.queryOne<ReminderFacts>(sql`select f.name as "fundName", f.legal_name as "legalName", f.currency, c.title as "callTitle",
      l.reference, l.due_date as "dueDate", l.due - l.applied - l.written_off as outstanding,
      l.due_date < (${now}::timestamptz at time zone f.time_zone)::date as overdue, i.name as "investorName", i.contacts
    from capital_call_lines l join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id and c.state = 'ISSUED'
    join funds f on f.tenant_id = l.tenant_id and f.id = l.fund_id
    join investors i on i.tenant_id = l.tenant_id and i.id = l.investor_id
    where l.tenant_id = ${db.tenantId}::uuid and l.id = ${lineId}::uuid and l.due > l.applied + l.written_off`)
