// What of the entries of the books is about one deal: the one relation that figures, events and explanations are read from,
// so that a number is always what its entries add up to.
import { type Sql, sql, type TenantDb } from '@throughline/db'
import { countedLines } from './thread.rules.ts'

/** A fund that has to do with the deal. */
export interface ThreadFund {
  id: string
  name: string
  currency: string
  timeZone: string
  /** Today, in its zone. */
  today: string
  /** Decimals of its currency. */
  digits: number
}

export const readThreadFunds = (
  db: TenantDb,
  dealId: string,
): Promise<Pick<ThreadFund, 'id' | 'name' | 'currency' | 'timeZone'>[]> =>
  db.query(sql`select f.id, f.name, f.currency, f.time_zone as "timeZone" from funds f
    where f.tenant_id = ${db.tenantId}::uuid and f.id in (
      select a.fund_id from allocations a where a.tenant_id = ${db.tenantId}::uuid and a.deal_id = ${dealId}::uuid
      union select e.fund_id from ledger_entries e where e.tenant_id = ${db.tenantId}::uuid and e.deal_id = ${dealId}::uuid
      union select c.fund_id from call_components p join capital_calls c on c.tenant_id = p.tenant_id and c.id = p.call_id
        where p.tenant_id = ${db.tenantId}::uuid and p.deal_id = ${dealId}::uuid and c.number is not null)
    order by f.id`)

export interface ThreadScope {
  dealId: string
  funds: readonly ThreadFund[]
}

/**
 * Common tables, to be put after `with`: `f` (the funds), `asked` (issued calls with what of them is for the deal) and `part` (a row
 * per figure and entry). What was paid on a line is the deal's in the proportion of its part of what is due; cents are rounded
 * along a call, so that a line that is paid is paid to the cent.
 */
export function threadParts(db: TenantDb, { dealId, funds }: ThreadScope): Sql {
  const t = sql`${db.tenantId}::uuid`
  const deal = sql`${dealId}::uuid`
  const columns = sql`e.id, e.fund_id, e.effective_on, e.source_kind, e.source_id, e.reason, e.reverses_id, e.kind`
  return sql`
    f as (select * from jsonb_to_recordset(${JSON.stringify(funds)}::jsonb)
      as f(id uuid, currency text, "timeZone" text, today date, digits int)),
    counted as (select * from jsonb_to_recordset(${JSON.stringify(countedLines)}::jsonb)
      as c(figure text, account text, sign int, kind text)),
    asked as (
      select c.id, c.fund_id, c.number, c.title, c.amount as whole, sum(p.amount) as part, array_agg(p.id) as components
      from call_components p join capital_calls c on c.tenant_id = p.tenant_id and c.id = p.call_id
      where p.tenant_id = ${t} and p.deal_id = ${deal} and c.number is not null
      group by c.id, c.fund_id, c.number, c.title, c.amount),
    payment as (
      select p.entry_id, p.fund_id, p.value_date, p.moves from asked k
      join payments p on p.tenant_id = ${t} and p.call_id = k.id and p.kind not in ('BOUNCE', 'UNMATCH')
      union all
      select p.entry_id, p.fund_id, p.value_date, p.moves from (select distinct fund_id from asked) k
      join payments p on p.tenant_id = ${t} and p.fund_id = k.fund_id and p.kind in ('BOUNCE', 'UNMATCH')),
    moved as (
      select p.entry_id, p.fund_id, k.id as call_id, p.value_date as day, f.digits,
        sum((m->>'amount')::numeric * c.part / l.due / power(10::numeric, f.digits)) as exact
      from payment p join f on f.id = p.fund_id cross join lateral jsonb_array_elements(p.moves) m
      join capital_call_lines l on l.tenant_id = ${t} and l.id = (m->>'lineId')::uuid and l.due > 0
      join asked k on k.id = l.call_id
      cross join lateral (select sum((x->>'amount')::numeric) as part from jsonb_array_elements(l.components) x
        where (x->>'componentId')::uuid = any(k.components)) c
      where m->>'on' = 'line' and c.part > 0 group by p.entry_id, p.fund_id, k.id, p.value_date, f.digits),
    so_far as (
      select m.*, e.number, round(sum(m.exact) over (partition by m.call_id order by m.day, e.number), m.digits) as total
      from moved m join ledger_entries e on e.tenant_id = ${t} and e.id = m.entry_id),
    named as (
      select ${columns} from ledger_entries e
      where e.tenant_id = ${t} and e.deal_id = ${deal} and e.source_kind in ('investment', 'nav_mark')
      union all
      select ${columns} from f join distributions d on d.tenant_id = ${t} and d.fund_id = f.id and d.deal_id = ${deal}
      join ledger_entries e on e.tenant_id = ${t} and e.source_kind = 'distribution' and e.source_id = d.id
      union all
      select ${columns} from asked k
      join ledger_entries e on e.tenant_id = ${t} and e.source_kind = 'capital_call' and e.source_id = k.id),
    entry as (
      select n.id, n.fund_id, n.effective_on, n.source_kind, n.source_id, n.reason, n.reverses_id is not null as is_reversal,
        coalesce(r.kind, n.kind) as kind
      from named n left join ledger_entries r on r.tenant_id = ${t} and r.id = n.reverses_id),
    part as (
      select c.figure, e.fund_id, e.id as entry_id, e.effective_on as day, e.source_kind, e.source_id, e.kind, e.is_reversal, e.reason,
        sum(l.amount * c.sign) as amount
      from entry e join ledger_lines l on l.tenant_id = ${t} and l.entry_id = e.id
      join counted c on c.account = l.account and (c.kind is null or c.kind = e.kind)
      where e.source_kind <> 'capital_call'
      group by c.figure, e.fund_id, e.id, e.effective_on, e.source_kind, e.source_id, e.kind, e.is_reversal, e.reason
      union all
      select 'called', e.fund_id, e.id, e.effective_on, e.source_kind, e.source_id, e.kind, e.is_reversal, e.reason,
        case when e.is_reversal then -k.part else k.part end
      from entry e join asked k on k.id = e.source_id where e.source_kind = 'capital_call' and e.kind = 'call_issued'
      union all
      select 'received', m.fund_id, m.entry_id, m.day, 'capital_call', m.call_id, 'receipt', false, null,
        m.total - coalesce(lag(m.total) over (partition by m.call_id order by m.day, m.number), 0)
      from so_far m)`
}
