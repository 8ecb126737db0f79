// Comparisons of an earlier day whose figures are stored as they are today: both sides are folded from what is dated and written once.
import { sql } from '@throughline/db'
import { called, minorPerUnit } from './call-checks.repo.ts'
import { type CheckStatement, through } from './check.repo.ts'

const inside = sql`(e.data->>'insideCommitment')::numeric`
const outside = sql`(e.data->>'outsideCommitment')::numeric`
const ofInvestor = sql`'investor:' || v.id as subject, v.code || ' ' || v.name as label`

/** What was called of investors on the day of a call is the call. Interest comes later. */
export const callLinesAsOf: CheckStatement = (tenantId, fund) => sql`
  select 'call:' || c.id as subject, ${called} as label, c.amount::text as expected, round(coalesce(l.due, 0), 2)::text as found,
    coalesce(l.due, 0) = c.amount as ok
  from capital_calls c
  left join (select e.source_id, e.happened_on, sum(${inside} + ${outside}) / ${minorPerUnit(fund)} as due from position_events e
    where e.tenant_id = ${tenantId}::uuid and e.fund_id = ${fund.id}::uuid and e.kind = 'called' and e.source_kind = 'capital_call'
    group by 1, 2) l on l.source_id = c.id and l.happened_on = c.notice_date
  where c.tenant_id = ${tenantId}::uuid and c.fund_id = ${fund.id}::uuid and c.number is not null
    ${through(fund, sql`c.notice_date`)}`

/** What was called is what the entries of the call say; nothing for one that was reversed by then. */
export const callEntriesAsOf: CheckStatement = (tenantId, fund) => sql`
  select 'call:' || c.id as subject, ${called} as label, round(coalesce(l.due, 0), 2)::text as expected,
    coalesce(b.amount, 0.00)::text as found, coalesce(l.due, 0) = coalesce(b.amount, 0) as ok
  from capital_calls c
  left join (select e.source_id, case when bool_or(e.kind = 'call_reversed') then 0
      else sum(${inside} + ${outside}) filter (where e.happened_on = o.notice_date) end / ${minorPerUnit(fund)} as due
    from position_events e join capital_calls o on o.tenant_id = e.tenant_id and o.id = e.source_id
    where e.tenant_id = ${tenantId}::uuid and e.fund_id = ${fund.id}::uuid and e.kind in ('called', 'call_reversed')
      and e.source_kind = 'capital_call' ${through(fund, sql`e.happened_on`)} group by 1) l on l.source_id = c.id
  left join (select e.source_id, sum(i.amount) as amount
    from ledger_entries e
    left join ledger_entries o on o.tenant_id = e.tenant_id and o.id = e.reverses_id
    join ledger_lines i on i.tenant_id = e.tenant_id and i.entry_id = e.id and i.account = 'call_receivable'
    where e.tenant_id = ${tenantId}::uuid and e.fund_id = ${fund.id}::uuid and e.source_kind = 'capital_call'
      and coalesce(o.kind, e.kind) = 'call_issued' ${through(fund, sql`e.effective_on`)} group by 1) b on b.source_id = c.id
  where c.tenant_id = ${tenantId}::uuid and c.fund_id = ${fund.id}::uuid and c.number is not null
    ${through(fund, sql`c.notice_date`)}`

/** By investor, what payments have moved: on lines, and in advance. */
const moved: CheckStatement = (tenantId, fund) => sql`
  select p.investor_id,
    coalesce(sum((m.value->>'amount')::numeric) filter (where m.value->>'on' = 'line'), 0) / ${minorPerUnit(fund)} as on_lines,
    coalesce(sum((m.value->>'amount')::numeric) filter (where m.value->>'on' = 'prepaid'), 0) / ${minorPerUnit(fund)} as prepaid
  from payments p, jsonb_array_elements(p.moves) m
  where p.tenant_id = ${tenantId}::uuid and p.fund_id = ${fund.id}::uuid ${through(fund, sql`p.value_date`)} group by 1`

/** What payments have moved on lines is what they have paid in. */
export const lineMoneyAsOf: CheckStatement = (tenantId, fund) => sql`
  select ${ofInvestor}, round(coalesce(m.on_lines, 0), 2)::text as expected, round(coalesce(f.amount, 0), 2)::text as found,
    coalesce(m.on_lines, 0) = coalesce(f.amount, 0) as ok
  from (${moved(tenantId, fund)}) m
  full join (select e.investor_id, sum(${inside} + ${outside}) / ${minorPerUnit(fund)} as amount from position_events e
    where e.tenant_id = ${tenantId}::uuid and e.fund_id = ${fund.id}::uuid and e.kind = 'funded' and e.source_kind = 'payment'
      ${through(fund, sql`e.happened_on`)} group by 1) f on f.investor_id = m.investor_id
  join investors v on v.tenant_id = ${tenantId}::uuid and v.id = coalesce(m.investor_id, f.investor_id)`

/** What payments have moved is what came in, less what went back, and what is owed again. */
export const receiptsAsOf: CheckStatement = (tenantId, fund) => sql`
  select ${ofInvestor}, r.amount::text as expected, round(coalesce(m.on_lines + m.prepaid, 0), 2)::text as found,
    r.amount = coalesce(m.on_lines + m.prepaid, 0) as ok
  from (select p.investor_id, sum(p.owed + case p.kind::text when 'RECEIPT' then p.amount when 'PREPAID_APPLIED' then 0.00
      else -p.amount end) as amount from payments p
    where p.tenant_id = ${tenantId}::uuid and p.fund_id = ${fund.id}::uuid ${through(fund, sql`p.value_date`)} group by 1) r
  left join (${moved(tenantId, fund)}) m on m.investor_id = r.investor_id
  join investors v on v.tenant_id = ${tenantId}::uuid and v.id = r.investor_id`

/** A booking of the bank has become payments of its whole amount, or of nothing. */
export const bankReceiptsAsOf: CheckStatement = (tenantId, fund) => sql`
  select 'receipt:' || r.id as subject, r.bank_reference || ' of ' || r.value_date as label, r.amount || ' or nothing' as expected,
    coalesce(p.amount, 0.00)::text as found, coalesce(p.amount, 0) in (0, r.amount) as ok
  from bank_receipts r
  left join (select p.receipt_id, sum(p.amount) as amount from payments p
    where p.tenant_id = ${tenantId}::uuid and p.fund_id = ${fund.id}::uuid and p.kind = 'RECEIPT' ${through(fund, sql`p.value_date`)}
      and not exists (select from payments b where b.tenant_id = p.tenant_id and b.fund_id = p.fund_id and b.reverses_id = p.id
        ${through(fund, sql`b.value_date`)})
    group by 1) p on p.receipt_id = r.id
  where r.tenant_id = ${tenantId}::uuid and r.fund_id = ${fund.id}::uuid ${through(fund, sql`r.value_date`)}`

/** What payments have moved in advance is the debt that the ledger has. */
export const prepaidAsOf: CheckStatement = (tenantId, fund) => sql`
  select ${ofInvestor}, coalesce(-b.amount, 0.00)::text as expected, round(coalesce(m.prepaid, 0), 2)::text as found,
    coalesce(-b.amount, 0) = coalesce(m.prepaid, 0) as ok
  from (${moved(tenantId, fund)}) m
  full join (select l.investor_id, sum(l.amount) as amount from ledger_lines l
    where l.tenant_id = ${tenantId}::uuid and l.fund_id = ${fund.id}::uuid and l.account = 'prepaid_capital'
      ${through(fund, sql`l.effective_on`)} group by 1) b on b.investor_id = m.investor_id
  join investors v on v.tenant_id = ${tenantId}::uuid and v.id = coalesce(m.investor_id, b.investor_id)`

/** What was called of an investor, by the events, is what the capital accounts have. */
export const positionsAsOf: CheckStatement = (tenantId, fund) => sql`
  select ${ofInvestor}, 'called ' || round(coalesce(p.called, 0), 2) as expected, 'called ' || coalesce(-b.amount, 0.00) as found,
    coalesce(p.called, 0) = coalesce(-b.amount, 0) as ok
  from (select e.investor_id, sum(case e.kind when 'called' then ${inside} + ${outside} when 'call_reversed' then -${inside} - ${outside}
      else (case e.kind when 'transferred_in' then 1 else -1 end)
        * ((e.data->'part'->>'called')::numeric + (e.data->'part'->>'calledOutside')::numeric) end) / ${minorPerUnit(fund)} as called
    from position_events e where e.tenant_id = ${tenantId}::uuid and e.fund_id = ${fund.id}::uuid
      and e.kind in ('called', 'call_reversed', 'transferred_in', 'transferred_out') ${through(fund, sql`e.happened_on`)} group by 1) p
  full join (select l.investor_id, sum(l.amount) as amount from ledger_lines l
    where l.tenant_id = ${tenantId}::uuid and l.fund_id = ${fund.id}::uuid
      and l.account in ('contributed_capital', 'other_contributions', 'late_interest') ${through(fund, sql`l.effective_on`)}
    group by 1) b on b.investor_id = p.investor_id
  join investors v on v.tenant_id = ${tenantId}::uuid and v.id = coalesce(p.investor_id, b.investor_id)`
