// Calls and payments against each other: lines, components, entries, what was received.
import { sql } from '@throughline/db'
import { exponentOf } from '../minor-units.ts'
import { type CheckStatement, type ComparedFund, through } from './check.repo.ts'

const issued = sql`('ISSUED', 'CLOSED')`
/** A call, in words. */
export const called = sql`'Call ' || c.number || ': ' || c.title`
/** What stands in JSON as whole minor units. */
export const minorPerUnit = ({ currency }: ComparedFund) => sql`${10 ** exponentOf(currency)}::numeric`

/** The lines of an issued call sum to the call; what was charged for late payment came later. */
export const callLines: CheckStatement = (tenantId, { id }) => sql`
  select 'call:' || c.id as subject, ${called} as label, c.amount::text as expected, coalesce(l.due, 0.00)::text as found,
    coalesce(l.due, 0) = c.amount as ok
  from capital_calls c
  left join (select call_id, sum(due - late_interest) as due from capital_call_lines
    where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid group by call_id) l on l.call_id = c.id
  where c.tenant_id = ${tenantId}::uuid and c.fund_id = ${id}::uuid and c.state in ${issued}`

/** What the lines say of a component sums to it. */
export const callComponents: CheckStatement = (tenantId, fund) => sql`
  select 'component:' || k.id as subject, ${called} || ', ' || k.label as label, k.amount::text as expected,
    round(coalesce(p.amount, 0), 2)::text as found, coalesce(p.amount, 0) = k.amount as ok
  from capital_calls c
  join call_components k on k.tenant_id = c.tenant_id and k.call_id = c.id
  left join (select e.value->>'componentId' as component, sum((e.value->>'amount')::numeric) as amount
    from capital_call_lines l, jsonb_array_elements(l.components) e
    where l.tenant_id = ${tenantId}::uuid and l.fund_id = ${fund.id}::uuid group by 1) p on p.component = k.id::text
  where c.tenant_id = ${tenantId}::uuid and c.fund_id = ${fund.id}::uuid
    and ${fund.asOf === undefined ? sql`c.state in ${issued}` : sql`c.number is not null`} ${through(fund, sql`c.notice_date`)}`

/** What is owed for a call by its lines is what its entries say; nothing for one that was cancelled. */
export const callEntries: CheckStatement = (tenantId, { id }) => sql`
  select 'call:' || c.id as subject, ${called} as label, coalesce(l.due, 0.00)::text as expected,
    coalesce(b.amount, 0.00)::text as found, coalesce(l.due, 0) = coalesce(b.amount, 0) as ok
  from capital_calls c
  left join (select call_id, sum(due - late_interest) as due from capital_call_lines
    where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid group by call_id) l
    on l.call_id = c.id and c.state in ${issued}
  left join (select e.source_id as call_id, sum(i.amount) as amount
    from ledger_entries e
    left join ledger_entries o on o.tenant_id = e.tenant_id and o.id = e.reverses_id
    join ledger_lines i on i.tenant_id = e.tenant_id and i.entry_id = e.id and i.account = 'call_receivable'
    where e.tenant_id = ${tenantId}::uuid and e.fund_id = ${id}::uuid and e.source_kind = 'capital_call'
      and coalesce(o.kind, e.kind) = 'call_issued' group by 1) b on b.call_id = c.id
  where c.tenant_id = ${tenantId}::uuid and c.fund_id = ${id}::uuid and c.number is not null`

/** A call that is closed has nothing outstanding: all other states follow from the lines and are stored nowhere. */
export const callStates: CheckStatement = (tenantId, { id }) => sql`
  select 'call:' || c.id as subject, ${called} as label, 'nothing outstanding' as expected, coalesce(l.due, 0.00) || ' outstanding' as found,
    c.state <> 'CLOSED' or coalesce(l.due, 0) = 0 as ok
  from capital_calls c
  left join (select call_id, sum(due - applied - written_off) as due from capital_call_lines
    where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid and not excused group by call_id) l on l.call_id = c.id
  where c.tenant_id = ${tenantId}::uuid and c.fund_id = ${id}::uuid and c.state in ${issued}`

/** What lines have of payments is what the payments have moved there. */
export const lineMoney: CheckStatement = (tenantId, fund) => sql`
  select 'line:' || coalesce(l.id::text, m.line) as subject, coalesce(l.reference, m.line) as label,
    round(coalesce(m.applied, 0), 2) || ', of it prepaid ' || round(coalesce(m.prepaid, 0), 2) as expected,
    coalesce(l.applied, 0.00) || ', of it prepaid ' || coalesce(l.from_prepaid, 0.00) as found,
    coalesce(l.applied, 0) = coalesce(m.applied, 0) and coalesce(l.from_prepaid, 0) = coalesce(m.prepaid, 0) as ok
  from (select id, reference, applied, from_prepaid from capital_call_lines
    where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid) l
  full join (select e.value->>'lineId' as line, sum((e.value->>'amount')::numeric) / ${minorPerUnit(fund)} as applied,
      coalesce(sum((e.value->>'amount')::numeric) filter (where e.value->>'from' = 'prepaid'), 0) / ${minorPerUnit(fund)} as prepaid
    from payments p, jsonb_array_elements(p.moves) e
    where p.tenant_id = ${tenantId}::uuid and p.fund_id = ${fund.id}::uuid and e.value->>'on' = 'line' group by 1) m
    on m.line = l.id::text`

/** What is on an investor's lines and prepaid is what came in, less what went back, and what is owed again. */
export const receipts: CheckStatement = (tenantId, { id }) => sql`
  select 'investor:' || v.id as subject, v.code || ' ' || v.name as label,
    coalesce(r.amount, 0.00)::text as expected, (coalesce(l.applied, 0.00) + p.prepaid)::text as found,
    coalesce(r.amount, 0) = coalesce(l.applied, 0) + p.prepaid as ok
  from fund_positions p
  join investors v on v.tenant_id = p.tenant_id and v.id = p.investor_id
  left join (select investor_id, sum(owed + case kind::text when 'RECEIPT' then amount when 'PREPAID_APPLIED' then 0 else -amount end) as amount
    from payments where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid group by 1) r on r.investor_id = p.investor_id
  left join (select investor_id, sum(applied) as applied from capital_call_lines
    where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid group by 1) l on l.investor_id = p.investor_id
  where p.tenant_id = ${tenantId}::uuid and p.fund_id = ${id}::uuid`

/** A booking of the bank that was matched has become payments of its whole amount, any other of nothing. */
export const bankReceipts: CheckStatement = (tenantId, { id }) => sql`
  select 'receipt:' || r.id as subject, r.bank_reference || ' of ' || r.value_date as label,
    case when r.state = 'MATCHED' then r.amount else 0.00 end::text as expected, coalesce(p.amount, 0.00)::text as found,
    case when r.state = 'MATCHED' then r.amount else 0 end = coalesce(p.amount, 0) as ok
  from bank_receipts r
  left join (select receipt_id, sum(amount) as amount from payments
    where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid and kind = 'RECEIPT' and reversed_at is null
    group by 1) p on p.receipt_id = r.id
  where r.tenant_id = ${tenantId}::uuid and r.fund_id = ${id}::uuid`

/** The entry of payments has moved as much money at the bank as they have. */
export const paymentEntries: CheckStatement = (tenantId, fund) => sql`
  select 'entry:' || p.entry_id as subject, 'Payments of ' || p.value_date as label, p.amount::text as expected,
    case when e.id is null then 'no entry' else coalesce(b.amount, 0.00)::text end as found,
    e.id is not null and p.amount = coalesce(b.amount, 0) as ok
  from (select entry_id, min(value_date) as value_date, sum(case kind::text when 'RECEIPT' then amount
      when 'PREPAID_APPLIED' then 0 else -amount end) as amount
    from payments where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid
      ${through(fund, sql`value_date`)} group by 1) p
  left join ledger_entries e on e.tenant_id = ${tenantId}::uuid and e.fund_id = ${fund.id}::uuid and e.id = p.entry_id
  left join lateral (select sum(amount) as amount from ledger_lines l
    where l.tenant_id = ${tenantId}::uuid and l.entry_id = e.id and l.account = 'cash') b on true`

/** What positions have as prepaid is the debt that the ledger has. */
export const prepaid: CheckStatement = (tenantId, { id }) => sql`
  select 'investor:' || v.id as subject, v.code || ' ' || v.name as label, coalesce(-b.amount, 0.00)::text as expected,
    p.prepaid::text as found, coalesce(-b.amount, 0) = p.prepaid as ok
  from fund_positions p
  join investors v on v.tenant_id = p.tenant_id and v.id = p.investor_id
  left join (select investor_id, sum(amount) as amount from ledger_lines
    where tenant_id = ${tenantId}::uuid and fund_id = ${id}::uuid and account = 'prepaid_capital' group by 1) b
    on b.investor_id = p.investor_id
  where p.tenant_id = ${tenantId}::uuid and p.fund_id = ${id}::uuid`
