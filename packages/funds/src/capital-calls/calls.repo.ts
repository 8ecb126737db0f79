// Rows of calls and their components. Who writes holds the fund, so nobody else changes a call of it meanwhile.
import type { CallComponentKind } from '@throughline/contracts'
import { decodeCursor, empty, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import type { DecidedState } from '../calls/index.ts'

/** A call with the sums of its lines, which a trigger keeps. */
export interface CallRow {
  id: string
  fundId: string
  fundName: string
  currency: string
  timeZone: string
  number: number | null
  title: string
  purpose: string
  state: DecidedState
  amount: string
  percent: string | null
  noticeDate: string
  dueDate: string
  matrixSha256: string | null
  lastEditorId: string | null
  overcallsComponentId: string | null
  version: number
  createdAt: Date
  lines: number
  due: string
  applied: string
  writtenOff: string
}

const columns = sql`c.id, c.fund_id as "fundId", f.name as "fundName", f.currency, f.time_zone as "timeZone", c.number, c.title,
  c.purpose, c.state::text as state, c.amount, c.percent::text as percent, c.notice_date as "noticeDate",
  c.due_date as "dueDate", c.matrix_sha256 as "matrixSha256", c.last_editor_id as "lastEditorId",
  c.overcalls_component_id as "overcallsComponentId", c.version, c.created_at as "createdAt", c.line_count as lines,
  c.lines_due as due, c.lines_applied as applied, c.lines_written_off as "writtenOff"`

const source = sql`capital_calls c join funds f on f.tenant_id = c.tenant_id and f.id = c.fund_id`

export const readCall = (db: TenantDb, callId: string): Promise<CallRow | undefined> =>
  db.queryOne<CallRow>(
    sql`select ${columns} from ${source} where c.tenant_id = ${db.tenantId}::uuid and c.id = ${callId}::uuid`,
  )

export async function readFundOfCall(db: TenantDb, callId: string): Promise<string | undefined> {
  const row = await db.queryOne<{ fundId: string }>(sql`select fund_id as "fundId" from capital_calls
    where tenant_id = ${db.tenantId}::uuid and id = ${callId}::uuid`)
  return row?.fundId
}

interface PageOfCalls {
  limit: number
  cursor?: string | undefined
  state?: readonly string[] | undefined
}

/** Newest first; one more than asked for when there is a next page. */
export function readCalls(db: TenantDb, fundId: string, { limit, cursor, state }: PageOfCalls): Promise<CallRow[]> {
  const after = cursor ? sql`and c.id < ${decodeCursor(cursor, z.tuple([z.uuid()]))[0]}::uuid` : empty
  const inState = state?.length ? sql`and c.state = any(${[...state]}::"CallState"[])` : empty
  return db.query<CallRow>(sql`select ${columns} from ${source}
    where c.tenant_id = ${db.tenantId}::uuid and c.fund_id = ${fundId}::uuid ${inState} ${after}
    order by c.id desc limit ${limit + 1}`)
}

/** As many as a panel shows. */
const mostOfADeal = 50

export const readCallsOfDeal = (db: TenantDb, dealId: string): Promise<CallRow[]> =>
  db.query<CallRow>(sql`select ${columns} from ${source} where c.tenant_id = ${db.tenantId}::uuid and c.id in (
      select p.call_id from call_components p where p.tenant_id = ${db.tenantId}::uuid and p.deal_id = ${dealId}::uuid)
    order by c.id desc limit ${mostOfADeal}`)

/** What a person writes. */
export interface CallValues {
  title: string
  purpose: string
  amount: string
  percent: string | null
  noticeDate: string
  dueDate: string
}

export async function insertCall(
  db: TenantDb,
  values: CallValues & { fundId: string; actorId: string | null; overcallsComponentId: string | null },
  now: Date,
): Promise<string> {
  const row = await db.queryOne<{ id: string }>(sql`
    insert into capital_calls (tenant_id, id, fund_id, title, purpose, amount, percent, notice_date, due_date, last_editor_id,
      overcalls_component_id, created_by_id, created_at, updated_at)
    values (${db.tenantId}::uuid, uuidv7(), ${values.fundId}::uuid, ${values.title}, ${values.purpose},
      ${values.amount}::numeric, ${values.percent}::numeric, ${values.noticeDate}::date, ${values.dueDate}::date,
      ${values.actorId}::uuid, ${values.overcallsComponentId}::uuid, ${values.actorId}::uuid, ${now}::timestamptz,
      ${now}::timestamptz) returning id`)
  if (!row) throw new Error('an insert that succeeds returns its row')
  return row.id
}

/** A call that is changed is a draft again: an approval belongs to what was seen. */
export const writeDraft = (
  db: TenantDb,
  callId: string,
  values: CallValues & { actorId: string | null },
  now: Date,
): Promise<number> =>
  changeCall(
    db,
    callId,
    sql`title = ${values.title}, purpose = ${values.purpose}, amount = ${values.amount}::numeric,
      percent = ${values.percent}::numeric, notice_date = ${values.noticeDate}::date, due_date = ${values.dueDate}::date,
      last_editor_id = ${values.actorId}::uuid, ${noApproval}, state = 'DRAFT'`,
    now,
  )

const noApproval = sql`approved_by_id = null, approved_at = null, matrix_sha256 = null`

const changeCall = (db: TenantDb, callId: string, change: Sql, now: Date): Promise<number> =>
  db.execute(sql`update capital_calls set ${change}, version = version + 1, updated_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${callId}::uuid`)

interface Step {
  actorId: string | null
  now: Date
}

export const writeSubmitted = (db: TenantDb, callId: string, { now }: Step): Promise<number> =>
  changeCall(db, callId, sql`state = 'IN_REVIEW'`, now)

export const writeReturned = (db: TenantDb, callId: string, { now }: Step): Promise<number> =>
  changeCall(db, callId, sql`state = 'DRAFT', ${noApproval}`, now)

export const writeApproved = (
  db: TenantDb,
  callId: string,
  { actorId, now, sha256 }: Step & { sha256: string },
): Promise<number> =>
  changeCall(
    db,
    callId,
    sql`state = 'APPROVED', approved_by_id = ${actorId}::uuid, approved_at = ${now}::timestamptz, matrix_sha256 = ${sha256}`,
    now,
  )

export const writeIssued = (
  db: TenantDb,
  callId: string,
  { actorId, now, number }: Step & { number: number },
): Promise<number> =>
  changeCall(
    db,
    callId,
    sql`state = 'ISSUED', number = ${number}, issued_by_id = ${actorId}::uuid, issued_at = ${now}::timestamptz`,
    now,
  )

export const writeClosed = (db: TenantDb, callId: string, { now }: Step): Promise<number> =>
  changeCall(db, callId, sql`state = 'CLOSED', closed_at = ${now}::timestamptz`, now)

export const writeReopened = (db: TenantDb, callId: string, { now }: Step): Promise<number> =>
  changeCall(db, callId, sql`state = 'ISSUED', closed_at = null`, now)

export const writeCancelledCall = (
  db: TenantDb,
  callId: string,
  { now, reason }: Step & { reason: string },
): Promise<number> =>
  changeCall(db, callId, sql`state = 'CANCELLED', cancelled_at = ${now}::timestamptz, cancel_reason = ${reason}`, now)

export interface ComponentRow {
  id: string
  kind: CallComponentKind
  label: string
  amount: string
  insideCommitment: boolean
  dealId: string | null
  dealTitle: string | null
  totalWeight: string | null
  excused: { investorId: string; investorName: string; reason: string }[]
}

/** In their order. */
export const readComponents = (db: TenantDb, callId: string): Promise<ComponentRow[]> =>
  db.query<ComponentRow>(sql`
    select p.id, p.kind::text as kind, p.label, p.amount, p.inside_commitment as "insideCommitment", p.deal_id as "dealId",
      d.title as "dealTitle", p.total_weight::text as "totalWeight",
      coalesce((select json_agg(json_build_object('investorId', x.investor_id, 'investorName', i.name, 'reason', x.reason)
          order by x.investor_id)
        from call_excuses x join investors i on i.tenant_id = x.tenant_id and i.id = x.investor_id
        where x.tenant_id = p.tenant_id and x.component_id = p.id), '[]') as excused
    from call_components p left join deals d on d.tenant_id = p.tenant_id and d.id = p.deal_id
    where p.tenant_id = ${db.tenantId}::uuid and p.call_id = ${callId}::uuid order by p.position`)

export interface NewComponent {
  kind: CallComponentKind
  label: string
  amount: string
  insideCommitment: boolean
  dealId: string | null
  excused: readonly { investorId: string; reason: string }[]
}

/** Puts these in the place of what was there. */
export async function replaceComponents(
  db: TenantDb,
  callId: string,
  components: readonly NewComponent[],
): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`delete from call_components where tenant_id = ${t} and call_id = ${callId}::uuid`)
  await db.execute(sql`
    with given as (
      select uuidv7() as id, g.n as position, g.item
      from jsonb_array_elements(${JSON.stringify(components)}::jsonb) with ordinality as g(item, n)
    ), made as (
      insert into call_components (tenant_id, id, call_id, position, kind, label, amount, inside_commitment, deal_id)
      select ${t}, id, ${callId}::uuid, position, (item->>'kind')::"CallComponentKind", item->>'label',
        (item->>'amount')::numeric, (item->>'insideCommitment')::boolean, (item->>'dealId')::uuid from given
    )
    insert into call_excuses (tenant_id, call_id, component_id, investor_id, reason)
    select ${t}, ${callId}::uuid, g.id, (x->>'investorId')::uuid, x->>'reason'
    from given g cross join jsonb_array_elements(g.item->'excused') x`)
}

export const writeTotalWeights = (
  db: TenantDb,
  callId: string,
  weights: readonly { id: string; weight: string }[],
): Promise<number> =>
  db.execute(sql`update call_components p set total_weight = w.weight
    from jsonb_to_recordset(${JSON.stringify(weights)}::jsonb) as w(id uuid, weight numeric)
    where p.tenant_id = ${db.tenantId}::uuid and p.call_id = ${callId}::uuid and p.id = w.id`)

/** Place of a fund among those of the firm, in the order in which they were made. */
export async function readFundPlace(db: TenantDb, fundId: string): Promise<number> {
  const row = await db.queryOne<{ place: number }>(sql`select count(*)::int as place from funds
    where tenant_id = ${db.tenantId}::uuid and id <= ${fundId}::uuid`)
  return row?.place ?? 1
}

/** Every reference that was ever given out by a fund. */
export async function readReferencesOfFund(db: TenantDb, fundId: string): Promise<string[]> {
  const rows = await db.query<{ reference: string }>(sql`select reference from capital_call_lines
    where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid`)
  return rows.map(({ reference }) => reference)
}

interface Person {
  id: string
  name: string
}

export interface PeopleOfCall {
  lastEditor: Person | null
  approvedBy: Person | null
  approvedAt: Date | null
  issuedBy: Person | null
  issuedAt: Date | null
  closedAt: Date | null
  cancelledAt: Date | null
  cancelReason: string | null
  /** Outstanding of lines in default. */
  shortfall: string
}

/** Who did what and when. */
export const readPeople = (db: TenantDb, callId: string): Promise<PeopleOfCall | undefined> => {
  const person = (column: Sql): Sql => sql`(select json_build_object('id', m.id, 'name', m.name) from members m
    where m.tenant_id = c.tenant_id and m.id = ${column})`
  return db.queryOne<PeopleOfCall>(sql`
    select ${person(sql`c.last_editor_id`)} as "lastEditor", ${person(sql`c.approved_by_id`)} as "approvedBy",
      ${person(sql`c.issued_by_id`)} as "issuedBy", c.approved_at as "approvedAt", c.issued_at as "issuedAt",
      c.closed_at as "closedAt", c.cancelled_at as "cancelledAt", c.cancel_reason as "cancelReason",
      (select coalesce(sum(l.due - l.applied - l.written_off), 0) from capital_call_lines l
        where l.tenant_id = c.tenant_id and l.call_id = c.id and l.standing = 'DEFAULTED') as shortfall
    from capital_calls c where c.tenant_id = ${db.tenantId}::uuid and c.id = ${callId}::uuid`)
}
