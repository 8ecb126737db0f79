// Reports and breaks as they are kept, and what repairs read.
import type {
  Comparison,
  ListReconciliationBreaks,
  PageQuery,
  ReconciliationBreakView,
  ReconciliationCheck,
  ReconciliationRunView,
} from '@throughline/contracts'
import { type Ctx, decodeCursor, empty, instantOf, type Sql, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import type { CheckResult } from './check.repo.ts'

const runJson = sql`json_build_object('id', r.id, 'fundId', r.fund_id, 'asOf', r.as_of, 'state', r.state, 'nightly', r.nightly,
  'checks', r.checks, 'startedAt', ${instantOf(sql`r.started_at`)}, 'finishedAt', ${instantOf(sql`r.finished_at`)},
  'error', r.error)`

export async function findRun(db: TenantDb, runId: string): Promise<ReconciliationRunView | undefined> {
  const row = await db.queryOne<{ run: ReconciliationRunView }>(sql`select ${runJson} as run from reconciliation_runs r
    where r.tenant_id = ${db.tenantId}::uuid and r.id = ${runId}::uuid`)
  return row?.run
}

const idCursor = z.tuple([z.uuid()])
const before = (column: Sql, cursor: string | undefined): Sql =>
  cursor ? sql`and ${column} < ${decodeCursor(cursor, idCursor)[0]}::uuid` : empty

/** Newest first; one more than asked for when there is a next page. */
export async function findRuns(
  db: TenantDb,
  fundId: string,
  { limit, cursor }: PageQuery,
): Promise<ReconciliationRunView[]> {
  const rows = await db.query<{ run: ReconciliationRunView }>(sql`select ${runJson} as run from reconciliation_runs r
    where r.tenant_id = ${db.tenantId}::uuid and r.fund_id = ${fundId}::uuid ${before(sql`r.id`, cursor)}
    order by r.id desc limit ${limit + 1}`)
  return rows.map(({ run }) => run)
}

/** @returns the id; nothing when the night was started before */
export async function insertRun(
  ctx: Ctx,
  { fundId, asOf, nightly, error = null }: { fundId: string; asOf: string; nightly: boolean; error?: string | null },
): Promise<string | undefined> {
  const row = await ctx.db.queryOne<{ id: string }>(sql`
    insert into reconciliation_runs (tenant_id, id, fund_id, as_of, nightly, requested_by_id, started_at, state, error, finished_at)
    values (${ctx.tenantId}::uuid, uuidv7(), ${fundId}::uuid, ${asOf}::date, ${nightly}, ${ctx.actor.id}::uuid,
      ${ctx.now()}::timestamptz, ${error === null ? 'RUNNING' : 'FAILED'}::"ReconciliationState", ${error},
      ${error === null ? null : ctx.now()}::timestamptz)
    on conflict (tenant_id, fund_id, as_of) where nightly do nothing returning id`)
  return row?.id
}

/** Compare and set. @returns whether it was running */
export const endRun = (
  ctx: Ctx,
  runId: string,
  {
    state,
    checks,
    error = null,
  }: { state: 'CLEAN' | 'BROKEN' | 'FAILED'; checks: ReconciliationCheck[]; error?: string | null },
): Promise<number> =>
  ctx.db.execute(sql`update reconciliation_runs set state = ${state}::"ReconciliationState", checks = ${JSON.stringify(checks)}::jsonb,
    error = ${error}, finished_at = ${ctx.now()}::timestamptz
    where tenant_id = ${ctx.tenantId}::uuid and id = ${runId}::uuid and state = 'RUNNING'`)

/** How the subjects of breaks of an earlier day begin. */
export const subjectOfDay = (asOf: string): string => `asof:${asOf}:`

/**
 * The same break is the same row; one that is found no more is resolved, by a run of the same day or, of the books as they are kept,
 * by any. Two statements, however many.
 */
export async function keepBreaks(
  ctx: Ctx,
  { fundId, asOf, isPast }: { fundId: string; asOf: string; isPast: boolean },
  results: readonly CheckResult[],
): Promise<void> {
  const t = sql`${ctx.tenantId}::uuid`
  const rows = results.flatMap(({ comparison, breaks }) => breaks.map((each) => ({ comparison, ...each })))
  if (rows.length > 0)
    await ctx.db.execute(sql`
      insert into reconciliation_breaks as b (tenant_id, id, fund_id, comparison, subject, label, expected, found, repair,
        first_seen_on, last_seen_on)
      select ${t}, uuidv7(), ${fundId}::uuid, n.comparison, n.subject, n.label, n.expected, n.found, n.repair, ${asOf}::date, ${asOf}::date
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(comparison text, subject text, label text, expected text,
        found text, repair jsonb)
      on conflict (tenant_id, fund_id, comparison, subject) where resolved_at is null do update set label = excluded.label,
        expected = excluded.expected, found = excluded.found, repair = excluded.repair,
        first_seen_on = least(b.first_seen_on, excluded.first_seen_on),
        last_seen_on = greatest(b.last_seen_on, excluded.last_seen_on)`)
  // Of what was too much to keep, nobody knows which is gone.
  const known = results
    .filter(({ breaks, breakCount }) => breaks.length === breakCount)
    .map(({ comparison }) => comparison)
  await ctx.db.execute(sql`update reconciliation_breaks b set resolved_at = ${ctx.now()}::timestamptz, version = b.version + 1
    where b.tenant_id = ${t} and b.fund_id = ${fundId}::uuid and b.resolved_at is null and b.comparison = any(${known}::text[])
      and ${isPast ? sql`starts_with(b.subject, ${subjectOfDay(asOf)})` : sql`not starts_with(b.subject, 'asof:')`}
      and not exists (select 1 from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as n(comparison text, subject text)
        where n.comparison = b.comparison and n.subject = b.subject)`)
}

const breakJson = sql`json_build_object('id', b.id, 'fundId', b.fund_id, 'comparison', b.comparison, 'label', b.label,
  'expected', b.expected, 'found', b.found, 'repair', b.repair,
  'owner', (select json_build_object('id', m.id, 'name', m.name) from members m
    where m.tenant_id = b.tenant_id and m.id = b.owner_id),
  'note', b.note, 'firstSeenOn', b.first_seen_on, 'lastSeenOn', b.last_seen_on, 'ageDays', b.last_seen_on - b.first_seen_on,
  'resolvedAt', ${instantOf(sql`b.resolved_at`)}, 'entryId', b.entry_id, 'version', b.version)`

export async function findBreak(db: TenantDb, breakId: string): Promise<ReconciliationBreakView | undefined> {
  const row = await db.queryOne<{
    found: ReconciliationBreakView
  }>(sql`select ${breakJson} as found from reconciliation_breaks b
    where b.tenant_id = ${db.tenantId}::uuid and b.id = ${breakId}::uuid`)
  return row?.found
}

/** How a comparison names what it has found. */
export interface BreakPlace {
  comparison: Comparison
  subject: string
}

/** @throws Error for a break that is not there */
export async function placeOfBreak(db: TenantDb, breakId: string): Promise<BreakPlace> {
  const row = await db.queryOne<BreakPlace>(sql`select comparison, subject from reconciliation_breaks
    where tenant_id = ${db.tenantId}::uuid and id = ${breakId}::uuid`)
  if (!row) throw new Error('a break that was read is not there')
  return row
}

/** Newest first; one more than asked for when there is a next page. */
export async function findBreaks(
  db: TenantDb,
  fundId: string,
  { limit, cursor, state }: ListReconciliationBreaks,
): Promise<ReconciliationBreakView[]> {
  const which = state === 'open' ? sql`is null` : sql`is not null`
  const rows = await db.query<{
    found: ReconciliationBreakView
  }>(sql`select ${breakJson} as found from reconciliation_breaks b
    where b.tenant_id = ${db.tenantId}::uuid and b.fund_id = ${fundId}::uuid and b.resolved_at ${which}
      ${before(sql`b.id`, cursor)} order by b.id desc limit ${limit + 1}`)
  return rows.map(({ found }) => found)
}

/** Compare and set. @returns whether it had this version */
export const writeBreak = (
  db: TenantDb,
  { id, version }: { id: string; version: number },
  { ownerId, note }: { ownerId: string | null; note: string | null },
): Promise<number> =>
  db.execute(sql`update reconciliation_breaks set owner_id = ${ownerId}::uuid, note = ${note}, version = version + 1
    where tenant_id = ${db.tenantId}::uuid and id = ${id}::uuid and version = ${version}`)

export const resolveBreak = (ctx: Ctx, breakId: string, entryId: string | null): Promise<number> =>
  ctx.db.execute(sql`update reconciliation_breaks set resolved_at = ${ctx.now()}::timestamptz, entry_id = ${entryId}::uuid,
    version = version + 1 where tenant_id = ${ctx.tenantId}::uuid and id = ${breakId}::uuid and resolved_at is null`)

/** Issued calls that the ledger knows nothing of. */
export const readCallsWithoutEntry = async (db: TenantDb, fundId: string): Promise<string[]> =>
  (
    await db.query<{ id: string }>(sql`select c.id from capital_calls c
      where c.tenant_id = ${db.tenantId}::uuid and c.fund_id = ${fundId}::uuid and c.state in ('ISSUED', 'CLOSED')
        and not exists (select 1 from ledger_entries e where e.tenant_id = c.tenant_id and e.source_kind = 'capital_call'
          and e.source_id = c.id and e.kind = 'call_issued')`)
  ).map(({ id }) => id)

export interface LineToPost {
  investorId: string
  inside: string
  outside: string
}

/** The lines of a call and the day from which they are owed. */
export const readCallToPost = (
  db: TenantDb,
  fundId: string,
  callId: string,
): Promise<{ noticeDate: string; lines: LineToPost[] } | undefined> =>
  db.queryOne(sql`select c.notice_date as "noticeDate", coalesce((select json_agg(json_build_object('investorId', l.investor_id,
      'inside', l.inside::text, 'outside', l.outside::text) order by l.investor_id) from capital_call_lines l
      where l.tenant_id = c.tenant_id and l.call_id = c.id and l.due > 0), '[]'::json) as lines
    from capital_calls c where c.tenant_id = ${db.tenantId}::uuid and c.fund_id = ${fundId}::uuid and c.id = ${callId}::uuid`)

/** What all funds together take of the deals that this fund has a part of. */
export const readDealAllocations = (db: TenantDb, fundId: string): Promise<{ dealId: string; amount: string }[]> =>
  db.query(sql`select deal_id as "dealId", sum(amount)::text as amount from allocations
    where tenant_id = ${db.tenantId}::uuid and state = 'ACTIVE' and deal_id in (select deal_id from allocations
      where tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid and state = 'ACTIVE') group by 1 order by 1`)
