// The only SQL that changes what was paid on lines of calls.
import { type Sql, sql, type TenantDb } from '@throughline/db'

/** A line of an issued call as Postgres has it: amounts as decimals. */
export interface LineRow {
  lineId: string
  callId: string
  callState: 'ISSUED' | 'CLOSED'
  investorId: string
  dueDate: string
  due: string
  inside: string
  outside: string
  applied: string
  fromPrepaid: string
  writtenOff: string
  excess: string
}

/** In the order of their due dates. */
export const readLines = (
  db: TenantDb,
  fundId: string,
  { investorIds, closedToo }: { investorIds: readonly string[]; closedToo: boolean },
): Promise<LineRow[]> =>
  db.query<LineRow>(sql`
    select l.id as "lineId", l.call_id as "callId", c.state::text as "callState", l.investor_id as "investorId",
      l.due_date as "dueDate", l.due, l.inside, l.outside, l.applied, l.from_prepaid as "fromPrepaid",
      l.written_off as "writtenOff", l.excess
    from capital_call_lines l join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id
    where l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fundId}::uuid and l.investor_id = any(${investorIds}::uuid[])
      and ${closedToo ? sql`c.state in ('ISSUED', 'CLOSED')` : sql`c.state = 'ISSUED'`} and not l.excused
    order by l.due_date, l.id`)

/** What is added to a line; decimals, below zero where it is taken away. */
export interface LineChange {
  lineId: string
  applied: string
  fromPrepaid: string
  excess: string
}

export interface ChangedLine {
  lineId: string
  callId: string
  inside: string
  before: string
}

/** @returns the lines that there are, with what was applied to them before */
export const changeLines = (
  db: TenantDb,
  fundId: string,
  changes: readonly LineChange[],
  now: Date,
): Promise<ChangedLine[]> =>
  db.query<ChangedLine>(sql`
    update capital_call_lines l set applied = l.applied + n.applied, from_prepaid = l.from_prepaid + n."fromPrepaid",
      excess = greatest(0, l.excess + n.excess), version = l.version + 1, updated_at = ${now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as n("lineId" uuid, applied numeric, "fromPrepaid" numeric,
      excess numeric)
    where l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fundId}::uuid and l.id = n."lineId"
    returning l.id as "lineId", l.call_id as "callId", l.inside, old.applied as before`)

const heldBy = (db: TenantDb, fundId: string, investorIds: readonly string[]): Sql =>
  sql`l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fundId}::uuid and l.investor_id = any(${investorIds}::uuid[])
    and l.excess > 0`

/**
 * What was paid on a line beyond what was due is its excess only while it is still prepaid: where less is prepaid than lines say,
 * the oldest have given theirs.
 */
export const capExcess = (db: TenantDb, fundId: string, investorIds: readonly string[]): Promise<number> =>
  db.execute(sql`
    with younger as (
      select l.id, p.prepaid - coalesce(sum(l.excess) over (partition by l.investor_id order by l.due_date desc, l.id desc
        rows between unbounded preceding and 1 preceding), 0) as kept
      from capital_call_lines l join fund_positions p
        on p.tenant_id = l.tenant_id and p.fund_id = l.fund_id and p.investor_id = l.investor_id
      where ${heldBy(db, fundId, investorIds)}
    )
    update capital_call_lines l set excess = greatest(0, least(l.excess, y.kept)) from younger y
    where ${heldBy(db, fundId, investorIds)} and l.id = y.id and l.excess > y.kept`)

export interface ReopenedCall {
  id: string
  version: number
}

/** Of some calls, those that were closed are issued again. */
export const reopenClosed = (
  db: TenantDb,
  fundId: string,
  callIds: readonly string[],
  now: Date,
): Promise<ReopenedCall[]> =>
  db.query<ReopenedCall>(sql`
    update capital_calls set state = 'ISSUED', closed_at = null, version = version + 1, updated_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and id = any(${callIds}::uuid[]) and state = 'CLOSED'
    returning id, version`)
