// What a wish of a client has left in the tables, counted from outside of any firm.
import { type Db, sql } from '@throughline/db'
import type { DeedKind } from './money-stage.ts'

export interface MoneyEffect {
  kind: DeedKind
  mark: string
  fundId: string
  rows: number
  /** Entries of the books that belong to it; none for drafts. */
  entries: number
  /** Of one row, as a decimal. */
  amount: string
  /** Of the last row: what the client was told. */
  id: string
}

/** Of everything that is there: something that nobody has asked for shows too. */
export const moneyEffects = (db: Db): Promise<MoneyEffect[]> =>
  db.query<MoneyEffect>(sql`
    with booked as (select tenant_id, source_id, kind, count(*) as n from ledger_entries group by 1, 2, 3),
    effects as (
      select 'call drafted' as kind, title as mark, fund_id, 0 as entries, amount, id from capital_calls
      union all
      select 'call issued', c.title, c.fund_id, b.n, c.amount, c.id from capital_calls c
      left join booked b on b.tenant_id = c.tenant_id and b.source_id = c.id and b.kind = 'call_issued'
      where c.state in ('ISSUED', 'CLOSED')
      union all
      select 'receipt', r.bank_reference, r.fund_id, count(p.id), coalesce(sum(p.amount), 0), max(p.id::text)::uuid
      from bank_receipts r
      left join payments p on p.tenant_id = r.tenant_id and p.receipt_id = r.id and p.kind = 'RECEIPT'
        and exists (select 1 from ledger_entries e where e.tenant_id = p.tenant_id and e.id = p.entry_id)
      group by r.tenant_id, r.id, r.bank_reference, r.fund_id
      union all
      select lower(p.kind::text), p.reason, p.fund_id, (select count(*) from ledger_entries e where e.tenant_id = p.tenant_id
        and e.id = p.entry_id), p.amount, coalesce(p.receipt_id, p.id) from payments p where p.kind in ('BOUNCE', 'REFUND')
      union all
      select 'distribution drafted', title, fund_id, 0, return_of_capital, id from distributions
      union all
      select 'distribution ' || s.kind, d.title, d.fund_id, b.n, d.return_of_capital, d.id from distributions d
      cross join (values ('declared', 'distribution_declared'), ('paid', 'distribution_paid')) s(kind, entry)
      left join booked b on b.tenant_id = d.tenant_id and b.source_id = d.id and b.kind = s.entry
      where d.state = 'PAID' or (d.state = 'DECLARED' and s.kind = 'declared')
      union all
      select case e.kind when 'investment_proceeds' then 'sale' else replace(e.kind, '_', ' ') end, e.reason, e.fund_id, 1,
        (select abs(sum(l.amount)) from ledger_lines l where l.tenant_id = e.tenant_id and l.entry_id = e.id and l.account = 'cash'), e.id
      from ledger_entries e where e.kind in ('investment', 'investment_proceeds', 'line_draw', 'line_repayment')
    )
    select kind, mark, fund_id as "fundId", count(*)::int as rows, coalesce(sum(entries), 0)::int as entries,
      max(amount)::text as amount, max(id::text) as id
    from effects group by 1, 2, 3`)

/** What the books say is in the bank, by fund. */
export const cashOf = (db: Db): Promise<{ fundId: string; cash: string }[]> =>
  db.query(sql`select f.id as "fundId", coalesce(sum(l.amount), 0.00)::text as cash from funds f
    left join ledger_lines l on l.tenant_id = f.tenant_id and l.fund_id = f.id and l.account = 'cash' group by f.id`)

/** Jobs by their state. */
export const jobStates = (db: Db): Promise<{ state: string; jobs: number }[]> =>
  db.query(sql`select state::text as state, count(*)::int as jobs from jobs group by 1 order by 1`)
