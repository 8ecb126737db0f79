// The ledger against what is kept of it, and what has to hold for the whole of it.
import { empty, type Sql, sql } from '@throughline/db'
import { noInvestor } from '../books/index.ts'
import { accountCodes, accounts } from '../ledger/index.ts'
import { type CheckStatement, type ComparedFund, through } from './check.repo.ts'

const perInvestor = accountCodes.filter((code) => accounts[code].perInvestor)

/** Balances are kept by month: of an earlier day, up to the end of its month. */
const throughMonth = ({ asOf }: ComparedFund, column: Sql): Sql =>
  asOf === undefined ? empty : sql`and ${column} < date_trunc('month', ${asOf}::date) + interval '1 month'`

/** Control accounts are the fold of their lines, month by month. */
export const controlAccounts: CheckStatement = (tenantId, fund) => sql`
  select 'account:' || coalesce(l.account, b.account) || ':' || coalesce(l.month, b.month) as subject,
    coalesce(l.account, b.account) || ', ' || to_char(coalesce(l.month, b.month), 'YYYY-MM') as label,
    coalesce(l.amount, 0.00)::text as expected, coalesce(b.amount, 0.00)::text as found,
    coalesce(l.amount, 0) = coalesce(b.amount, 0) as ok
  from (select account, date_trunc('month', effective_on)::date as month, sum(amount) as amount from ledger_lines
    where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid ${throughMonth(fund, sql`effective_on`)} group by 1, 2) l
  full join (select account, month, amount from ledger_balances
    where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid ${throughMonth(fund, sql`month`)}) b on b.account = l.account and b.month = l.month`

/** Sub-ledgers are the fold of an investor's lines, and those of all investors are the control account. */
export const subLedgers: CheckStatement = (tenantId, fund) => sql`
  select 'investor:' || coalesce(l.investor_id, b.investor_id) || ':' || coalesce(l.account, b.account) as subject,
    coalesce(v.code || ' ' || v.name, 'An unknown investor') || ', ' || coalesce(l.account, b.account) as label,
    coalesce(l.amount, 0.00)::text as expected, coalesce(b.amount, 0.00)::text as found,
    coalesce(l.amount, 0) = coalesce(b.amount, 0) as ok
  from (select investor_id, account, sum(amount) as amount from ledger_lines
    where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid and investor_id <> ${noInvestor}::uuid
      ${throughMonth(fund, sql`effective_on`)} group by 1, 2) l
  full join (select investor_id, account, sum(amount) as amount from investor_balances
    where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid ${throughMonth(fund, sql`month`)} group by 1, 2) b
    on b.investor_id = l.investor_id and b.account = l.account
  left join investors v on v.tenant_id = ${tenantId}::uuid and v.id = coalesce(l.investor_id, b.investor_id)
  union all
  select 'account:' || c.account, 'All investors, ' || c.account, coalesce(c.amount, 0.00)::text,
    coalesce(s.amount, 0.00)::text, coalesce(c.amount, 0) = coalesce(s.amount, 0)
  from (select account, sum(amount) as amount from ledger_balances where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid
    and account = any(${perInvestor}::text[]) ${throughMonth(fund, sql`month`)} group by 1) c
  left join (select account, sum(amount) as amount from investor_balances
    where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid ${throughMonth(fund, sql`month`)} group by 1) s on s.account = c.account`

/** All lines sum to zero, and so do all control accounts. */
export const trialBalance: CheckStatement = (tenantId, fund) => sql`
  select 'lines' as subject, 'All lines of the ledger' as label, '0.00' as expected, coalesce(sum(amount), 0.00)::text as found,
    coalesce(sum(amount), 0) = 0 as ok
  from ledger_lines where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid ${through(fund, sql`effective_on`)}
  union all
  select 'balances', 'All control accounts', '0.00', coalesce(sum(amount), 0.00)::text, coalesce(sum(amount), 0) = 0
  from ledger_balances where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid ${throughMonth(fund, sql`month`)}`

/** Each entry has two lines or more, of its own day and fund, which sum to zero. */
export const entries: CheckStatement = (tenantId, fund) => sql`
  select 'entry:' || e.id as subject, 'Entry ' || e.number || ' (' || e.kind || ')' as label,
    'lines that sum to 0.00' as expected,
    coalesce(count(l.entry_id), 0) || ' lines, ' || coalesce(sum(l.amount), 0.00) as found,
    count(l.entry_id) >= 2 and sum(l.amount) = 0 and bool_and(l.effective_on = e.effective_on and l.fund_id = e.fund_id) as ok
  from ledger_entries e
  left join ledger_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
  where e.tenant_id = ${tenantId}::uuid and e.fund_id = ${fund.id}::uuid ${through(fund, sql`e.effective_on`)}
  group by e.tenant_id, e.id, e.number, e.kind`

/** Entries are numbered from 1 to the last number that was given out. */
export const entryNumbers: CheckStatement = (tenantId, { id }) => sql`
  select 'numbers' as subject, 'Numbers of entries' as label, f.entry_count || ' entries, 1 to ' || f.entry_count as expected,
    count(e.id) || ' entries, ' || coalesce(min(e.number), 1) || ' to ' || coalesce(max(e.number), 0) as found,
    count(e.id) = f.entry_count and coalesce(max(e.number), 0) = f.entry_count and coalesce(min(e.number), 1) = 1 as ok
  from funds f left join ledger_entries e on e.tenant_id = f.tenant_id and e.fund_id = f.id
  where f.tenant_id = ${tenantId}::uuid and f.id = ${id}::uuid group by f.tenant_id, f.id, f.entry_count`

/** The shares of the latest struck period, and what the general partner has earned and was not paid, are the net assets of the fund. */
export const navShares: CheckStatement = (tenantId, fund) => sql`
  select 'nav:' || n.id as subject, 'Net assets of ' || n.as_of as label, n.nav::text as expected,
    (coalesce(s.ending, 0.00) + n.accrued_carry)::text as found, coalesce(s.ending, 0) + n.accrued_carry = n.nav as ok
  from (select id, as_of, nav, accrued_carry from nav_periods where tenant_id = ${tenantId}::uuid and fund_id = ${fund.id}::uuid
      ${through(fund, sql`as_of`)} order by as_of desc, revision desc limit 1) n
  left join lateral (select sum(ending) as ending from nav_shares
    where tenant_id = ${tenantId}::uuid and period_id = n.id) s on true`

const parted = ['allocations', 'capital_calls', 'capital_call_lines', 'payments', 'ledger_entries', 'ledger_lines']

/** A large table has all eight parts: without one, some firms could not write. */
export const partitions: CheckStatement = () => sql`
  select 'table:' || t.name as subject, t.name as label, '8 parts' as expected, count(i.inhrelid) || ' parts' as found,
    count(i.inhrelid) = 8 as ok
  from unnest(${parted}::text[]) t(name)
  left join pg_inherits i on i.inhparent = to_regclass('public.' || t.name) and not i.inhdetachpending
  group by t.name`
