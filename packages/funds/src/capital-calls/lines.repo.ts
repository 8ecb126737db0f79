// Rows of what investors owe of issued calls. Applied amounts are written by `receivables`; who writes holds the fund.
import { arrayText, decodeCursor, empty, jsonLines, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import type { Standing, StoredPart } from '../calls/index.ts'

export interface LineRow {
  id: string
  callId: string
  investorId: string
  code: string
  name: string
  reference: string
  dueDate: string
  due: string
  inside: string
  outside: string
  lateInterest: string
  interestThrough: string | null
  recalled: string
  applied: string
  writtenOff: string
  excess: string
  excused: boolean
  components: unknown
  standing: Standing
  noticeOn: string | null
  noticeById: string | null
  notifiedAt: Date | null
  version: number
}

const columns = sql`l.id, l.call_id as "callId", l.investor_id as "investorId", i.code, i.name, l.reference,
  l.due_date as "dueDate", l.due, l.inside, l.outside, l.late_interest as "lateInterest",
  l.interest_through as "interestThrough", l.recalled, l.applied, l.written_off as "writtenOff", l.excess, l.excused,
  l.components, l.standing::text as standing, l.notice_on as "noticeOn", l.notice_by_id as "noticeById",
  l.notified_at as "notifiedAt", l.version`

const select = (db: TenantDb, where: Sql): Sql => sql`select ${columns} from capital_call_lines l
  join investors i on i.tenant_id = l.tenant_id and i.id = l.investor_id
  where l.tenant_id = ${db.tenantId}::uuid and ${where}`

export const readLine = (db: TenantDb, callId: string, lineId: string): Promise<LineRow | undefined> =>
  db.queryOne<LineRow>(select(db, sql`l.call_id = ${callId}::uuid and l.id = ${lineId}::uuid`))

/** All of a call, in the order of the investors. */
export const readLinesOfCall = (db: TenantDb, callId: string): Promise<LineRow[]> =>
  db.query<LineRow>(sql`${select(db, sql`l.call_id = ${callId}::uuid`)} order by l.investor_id`)

/** By the investors' codes; one more than asked for when there is a next page. */
export function readLinePage(
  db: TenantDb,
  callId: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<LineRow[]> {
  const [code, id] = cursor ? decodeCursor(cursor, z.tuple([z.string(), z.uuid()])) : []
  const after = code === undefined ? empty : sql`and (i.code, l.id) > (${code}, ${id}::uuid)`
  return db.query<LineRow>(
    sql`${select(db, sql`l.call_id = ${callId}::uuid ${after}`)} order by i.code, l.id limit ${limit + 1}`,
  )
}

export interface NewLine {
  investorId: string
  reference: string
  due: string
  inside: string
  outside: string
  recalled: string
  excused: boolean
  unfundedBefore: string
  components: StoredPart[]
}

/** One statement for all lines of a call. */
export function insertLines(
  db: TenantDb,
  { callId, fundId, dueDate, now }: { callId: string; fundId: string; dueDate: string; now: Date },
  lines: readonly NewLine[],
): Promise<number> {
  const column = (of: (line: NewLine) => string | boolean) => arrayText(lines.map(of))
  return db.execute(sql`
    insert into capital_call_lines (tenant_id, id, call_id, fund_id, due_date, updated_at, investor_id, reference, due, inside, outside,
      recalled, excused, unfunded_before, components)
    select ${db.tenantId}::uuid, uuidv7(), ${callId}::uuid, ${fundId}::uuid, ${dueDate}::date, ${now}::timestamptz, n.investor_id,
      n.reference, n.due, n.inside, n.outside, n.recalled, n.excused, n.unfunded_before, n.components::jsonb
    from unnest(${column((line) => line.investorId)}::uuid[], ${column((line) => line.reference)}::text[],
      ${column((line) => line.due)}::numeric[], ${column((line) => line.inside)}::numeric[],
      ${column((line) => line.outside)}::numeric[], ${column((line) => line.recalled)}::numeric[],
      ${column((line) => line.excused)}::boolean[], ${column((line) => line.unfundedBefore)}::numeric[],
      string_to_array(${jsonLines(lines.map(({ components }) => JSON.stringify(components)))}, E'\\n'))
      as n(investor_id, reference, due, inside, outside, recalled, excused, unfunded_before, components)
    order by n.reference`)
}

const changeLine = (db: TenantDb, lineId: string, change: Sql, now: Date): Promise<number> =>
  db.execute(sql`update capital_call_lines set ${change}, version = version + 1, updated_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${lineId}::uuid`)

export const writeNotice = (
  db: TenantDb,
  lineId: string,
  { on, byId, now }: { on: string; byId: string | null; now: Date },
): Promise<number> =>
  changeLine(db, lineId, sql`standing = 'DEFAULT_NOTICE', notice_on = ${on}::date, notice_by_id = ${byId}::uuid`, now)

export const writeStanding = (db: TenantDb, lineId: string, standing: Standing, now: Date): Promise<number> =>
  changeLine(db, lineId, sql`standing = ${standing}::"LineStanding"`, now)

export const addLateInterest = (
  db: TenantDb,
  lineId: string,
  { amount, through, now }: { amount: string; through: string; now: Date },
): Promise<number> =>
  changeLine(
    db,
    lineId,
    sql`due = due + ${amount}::numeric, outside = outside + ${amount}::numeric,
      late_interest = late_interest + ${amount}::numeric, interest_through = ${through}::date`,
    now,
  )

export const addWrittenOff = (db: TenantDb, lineId: string, amount: string, now: Date): Promise<number> =>
  changeLine(db, lineId, sql`written_off = written_off + ${amount}::numeric`, now)

/** Who of these is in default in another line of the fund, of a call that stands. */
export async function readOtherDefaults(
  db: TenantDb,
  {
    fundId,
    investorIds,
    exceptLineIds,
  }: { fundId: string; investorIds: readonly string[]; exceptLineIds: readonly string[] },
): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ investorId: string }>(sql`
    select distinct l.investor_id as "investorId" from capital_call_lines l
    join capital_calls c on c.tenant_id = l.tenant_id and c.id = l.call_id
    where l.tenant_id = ${db.tenantId}::uuid and l.fund_id = ${fundId}::uuid and l.standing = 'DEFAULTED'
      and c.state in ('ISSUED', 'CLOSED') and l.investor_id = any(${[...investorIds]}::uuid[])
      and not l.id = any(${[...exceptLineIds]}::uuid[])`)
  return new Set(rows.map(({ investorId }) => investorId))
}

/** Entries of a call that were not taken back. */
export async function readEntriesOfCall(db: TenantDb, callId: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(sql`
    select e.id from ledger_entries e
    where e.tenant_id = ${db.tenantId}::uuid and e.source_kind = 'capital_call' and e.source_id = ${callId}::uuid
      and e.reverses_id is null and not exists (
        select 1 from ledger_entries r where r.tenant_id = e.tenant_id and r.reverses_id = e.id)
    order by e.number`)
  return rows.map(({ id }) => id)
}

/** What earlier overcalls that still stand have asked for a component, by investor. */
export async function readOvercalled(db: TenantDb, componentId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ investorId: string; inside: string }>(sql`
    select l.investor_id as "investorId", sum(l.inside) as inside from capital_calls c
    join capital_call_lines l on l.tenant_id = c.tenant_id and l.call_id = c.id
    where c.tenant_id = ${db.tenantId}::uuid and c.overcalls_component_id = ${componentId}::uuid
      and c.state in ('ISSUED', 'CLOSED') group by 1`)
  return new Map(rows.map(({ investorId, inside }) => [investorId, inside]))
}

/** The component that an overcall makes up for, and its call. */
export const readOvercalledComponent = (db: TenantDb, componentId: string) =>
  db.queryOne<{ callId: string; title: string; kind: string }>(sql`
    select c.id as "callId", c.title, p.kind::text as kind from call_components p
    join capital_calls c on c.tenant_id = p.tenant_id and c.id = p.call_id
    where p.tenant_id = ${db.tenantId}::uuid and p.id = ${componentId}::uuid`)
