// The thread of a deal as it is read: one statement for its figures, one for a page of its events, one for entries.
import { type ThreadEntriesQuery, type ThreadFigure, threadEventKinds } from '@throughline/contracts'
import { decodeCursor, empty, rowLimit, sql, type TenantDb } from '@throughline/db'
import * as z from 'zod'
import { milestonesOf } from '../allocations/index.ts'
import { netAssetAccounts } from '../ledger/index.ts'
import { readEntryParts } from '../trial-balance/index.ts'
import type { EventRow } from './thread.rules.ts'
import { type ThreadScope, threadParts } from './thread-parts.repo.ts'

export interface FiguresRow {
  fundId: string
  allocated: string
  coInvested: string
  markedOn: string | null
  nav: string
  /** Decimals, of the figures that any entry adds to. */
  figures: Partial<Record<ThreadFigure, string>>
}

/** Of each fund of the scope. */
export function readThreadFigures(db: TenantDb, scope: ThreadScope): Promise<FiguresRow[]> {
  const t = sql`${db.tenantId}::uuid`
  const deal = sql`${scope.dealId}::uuid`
  const net = sql`any(${[...netAssetAccounts]}::text[])`
  return db.query<FiguresRow>(sql`with ${threadParts(db, scope)}
    select f.id as "fundId", coalesce(a.own, 0)::text as allocated, coalesce(a.beside, 0)::text as "coInvested",
      (select max(m.marked_on) from nav_marks m where m.tenant_id = ${t} and m.fund_id = f.id and m.deal_id = ${deal}) as "markedOn",
      (coalesce((select sum(b.amount) from ledger_balances b
          where b.tenant_id = ${t} and b.fund_id = f.id and b.account = ${net}), 0)
        - coalesce((select sum(l.amount) from ledger_lines l
          where l.tenant_id = ${t} and l.fund_id = f.id and l.effective_on > f.today and l.account = ${net}), 0))::text as nav,
      coalesce((select jsonb_object_agg(p.figure, p.amount) from (
        select figure, sum(amount)::text as amount from part where fund_id = f.id group by figure) p), '{}') as figures
    from f left join lateral (
      select sum(a.amount) filter (where a.investor_id is null) as own, sum(a.amount) filter (where a.investor_id is not null) as beside
      from allocations a where a.tenant_id = ${t} and a.deal_id = ${deal} and a.fund_id = f.id and a.state = 'ACTIVE') a on true
    order by f.id`)
}

const cursorShape = z.tuple([z.iso.date(), z.int(), z.uuid()])
export const eventCursorOf = ({ on, rank, id }: EventRow): [string, number, string] => [on, rank, id]

/** Oldest first; one more than asked for when there is a next page. */
export function readThreadEvents(
  db: TenantDb,
  scope: ThreadScope,
  { currency, cursor, limit }: { currency: string; cursor?: string | undefined; limit: number },
): Promise<EventRow[]> {
  const t = sql`${db.tenantId}::uuid`
  const deal = sql`${scope.dealId}::uuid`
  const [day, rank, id] = cursor ? decodeCursor(cursor, cursorShape) : []
  const behind = day === undefined ? empty : sql`where (day, rank, id) > (${day}::date, ${rank}::int, ${id}::uuid)`
  const nothing = sql`null::text, null::uuid`
  return db.query<EventRow>(sql`with ${threadParts(db, scope)}, event as (
      select m.day, m.kind, m.id, null::uuid as fund_id, null::int as number, '' as title, '' as note, m.amount,
        null::numeric as whole, 'deal' as source_kind, ${deal} as source_id, null::text as figure, null::uuid as entry_id
      from (${milestonesOf(db, scope.dealId)}) m
      union all
      select a.allocated_on, case when a.investor_id is null then 'allocated' else 'co_invested' end, a.id, a.fund_id, null, '',
        concat_ws(', ', i.name, case when a.tranche > 1 then 'tranche ' || a.tranche end), a.amount, null, 'allocation', a.id, ${nothing}
      from allocations a left join investors i on i.tenant_id = a.tenant_id and i.id = a.investor_id
      where a.tenant_id = ${t} and a.deal_id = ${deal}
      union all
      select (a.updated_at at time zone f."timeZone")::date, 'allocation_cancelled', a.id, a.fund_id, null, '', coalesce(a.reason, ''),
        a.amount, null, 'allocation', a.id, ${nothing}
      from allocations a join f on f.id = a.fund_id
      where a.tenant_id = ${t} and a.deal_id = ${deal} and a.state = 'CANCELLED'
      union all
      select p.day, case when p.is_reversal then 'call_cancelled' else 'called' end, p.entry_id, p.fund_id, k.number, k.title,
        coalesce(p.reason, ''), p.amount, k.whole, 'capital_call', k.id, p.figure, p.entry_id
      from part p join asked k on k.id = p.source_id where p.figure = 'called'
      union all
      select p.day, 'received', k.id, p.fund_id, k.number, k.title, '', sum(p.amount), null, 'capital_call', k.id, p.figure, null
      from part p join asked k on k.id = p.source_id where p.figure = 'received'
      group by p.day, k.id, p.fund_id, k.number, k.title, p.figure having sum(p.amount) <> 0
      union all
      select p.day, case when p.is_reversal then 'taken_back' when p.kind = 'investment' then 'invested'
          when p.kind = 'investment_income' then 'income' else 'sold' end,
        p.entry_id, p.fund_id, null, '', coalesce(p.reason, ''), p.amount, null, p.source_kind, p.source_id, p.figure, p.entry_id
      from part p where p.source_kind = 'investment' and p.figure in ('invested', 'returned')
        or p.source_kind = 'nav_mark' and p.figure = 'value' and p.is_reversal
      union all
      select m.marked_on, 'marked', m.id, m.fund_id, null, '', m.reason, m.value, null, 'nav_mark', m.id, 'value', null
      from nav_marks m where m.tenant_id = ${t} and m.deal_id = ${deal} and m.fund_id in (select id from f)
      union all
      select p.day, case when p.is_reversal then 'distribution_cancelled' when p.figure = 'paid' then 'paid' else 'declared' end,
        p.entry_id, p.fund_id, d.number, d.title, coalesce(p.reason, ''), p.amount, null, 'distribution', d.id, p.figure, p.entry_id
      from part p join distributions d on d.tenant_id = ${t} and d.id = p.source_id
      where p.source_kind = 'distribution' and p.figure in ('distributed', 'paid')
    ), ranked as (select e.*, array_position(${[...threadEventKinds]}::text[], e.kind) as rank from event e)
    select r.id, r.day as on, r.rank, r.kind, r.fund_id as "fundId", coalesce(f.currency, ${currency}) as currency, r.number, r.title,
      r.note, r.amount::text as amount, r.whole::text as whole, r.source_kind as "sourceKind", r.source_id as "sourceId", r.figure,
      r.entry_id as "entryId", case when r.kind = 'called' then (
        select coalesce(sum(p.amount), 0)::text from part p where p.figure = 'received' and p.source_id = r.source_id) end as received
    from (select * from ranked ${behind} order by day, rank, id limit ${rowLimit(limit + 1)}) r left join f on f.id = r.fund_id
    order by r.day, r.rank, r.id`)
}

/** Newest first, with what each entry adds to the number; one more than asked for when there is a next page. */
export function readThreadEntries(
  db: TenantDb,
  scope: ThreadScope,
  { fundId, figure, sourceId, entryId, on, through, ...page }: ThreadEntriesQuery,
) {
  const parts = sql`with ${threadParts(db, scope)} select p.entry_id, p.amount from part p
    where p.fund_id = ${fundId}::uuid and p.figure = ${figure}
      ${sourceId ? sql`and p.source_id = ${sourceId}::uuid` : empty} ${entryId ? sql`and p.entry_id = ${entryId}::uuid` : empty}
      ${on ? sql`and p.day = ${on}::date` : empty} ${through ? sql`and p.day <= ${through}::date` : empty}`
  return readEntryParts(db, fundId, parts, page)
}
