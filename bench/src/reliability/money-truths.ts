// What has to hold in the books at every moment, told by the tables alone and not by the rules of the product.
import pg from 'pg'

/** Each gives what does not hold, as text. */
const truths: Record<string, string> = {
  'trial balance is zero': `
    select fund_id || ': ' || sum(amount) as broken from ledger_lines group by tenant_id, fund_id having sum(amount) <> 0
    union all
    select fund_id || ' (control accounts): ' || sum(amount) from ledger_balances group by tenant_id, fund_id having sum(amount) <> 0`,
  'each entry balances': `
    select e.id || ': ' || count(l.entry_id) || ' lines, ' || coalesce(sum(l.amount), 0) as broken from ledger_entries e
    left join ledger_lines l on l.tenant_id = e.tenant_id and l.entry_id = e.id
    group by e.tenant_id, e.id having count(l.entry_id) < 2 or sum(l.amount) <> 0`,
  'control accounts are the sums of the lines': `
    select coalesce(l.fund_id, b.fund_id) || ' ' || coalesce(l.account, b.account) || ': ' || coalesce(l.amount, 0) || ' and '
      || coalesce(b.amount, 0) as broken
    from (select fund_id, account, sum(amount) as amount from ledger_lines group by 1, 2) l
    full join (select fund_id, account, sum(amount) as amount from ledger_balances group by 1, 2) b using (fund_id, account)
    where coalesce(l.amount, 0) <> coalesce(b.amount, 0)`,
  'sub-ledgers are the sums of the lines of an investor': `
    select coalesce(l.investor_id, b.investor_id) || ' ' || coalesce(l.account, b.account) || ': ' || coalesce(l.amount, 0)
      || ' and ' || coalesce(b.amount, 0) as broken
    from (select fund_id, investor_id, account, sum(amount) as amount from ledger_lines
      where investor_id <> '00000000-0000-0000-0000-000000000000' group by 1, 2, 3) l
    full join (select fund_id, investor_id, account, sum(amount) as amount from investor_balances group by 1, 2, 3) b
      using (fund_id, investor_id, account)
    where coalesce(l.amount, 0) <> coalesce(b.amount, 0)`,
  'nothing is below zero, and no line is paid more than it asks': `
    select 'line ' || id as broken from capital_call_lines
    where least(due, applied, from_prepaid, written_off, excess) < 0 or applied + written_off > due or from_prepaid > applied
    union all
    select 'position of ' || investor_id from fund_positions
    where least(commitment, called, called_outside, funded, funded_outside, released, distributed, recallable, prepaid) < 0
    union all
    select 'payment ' || id from payments where amount <= 0
    union all
    select 'subscription line of ' || fund_id || ' on ' || effective_on from (
      select fund_id, effective_on, sum(sum(amount)) over (partition by fund_id order by effective_on) as owed
      from ledger_lines where account = 'credit_line' group by fund_id, effective_on) line
    where owed > 0`,
  'lines of an issued call sum to the call': `
    select c.id || ': ' || c.amount || ' and ' || coalesce(sum(l.due), 0) as broken from capital_calls c
    left join capital_call_lines l on l.tenant_id = c.tenant_id and l.call_id = c.id
    where c.state in ('ISSUED', 'CLOSED') group by c.tenant_id, c.id, c.amount having coalesce(sum(l.due), 0) <> c.amount`,
  'lines of a declared distribution sum to the distribution': `
    select d.id || ': ' || coalesce(sum(l.return_of_capital + l.gain + l.income), 0) as broken from distributions d
    left join distribution_lines l on l.tenant_id = d.tenant_id and l.distribution_id = d.id
    where d.state in ('DECLARED', 'PAID') group by d.tenant_id, d.id, d.return_of_capital, d.gain, d.income
    having coalesce(sum(l.return_of_capital + l.gain + l.income), 0) <> d.return_of_capital + d.gain + d.income`,
  'positions, prepaid accounts and lines say the same': `
    select p.investor_id || ': prepaid ' || p.prepaid || ' and ' || coalesce(b.amount, 0) as broken from fund_positions p
    left join (select fund_id, investor_id, -sum(amount) as amount from investor_balances where account = 'prepaid_capital'
      group by 1, 2) b on b.fund_id = p.fund_id and b.investor_id = p.investor_id
    where p.prepaid <> coalesce(b.amount, 0)
    union all
    select p.investor_id || ': funded ' || p.funded + p.funded_outside || ' and ' || coalesce(l.applied, 0) from fund_positions p
    left join (select fund_id, investor_id, sum(applied) as applied from capital_call_lines group by 1, 2) l
      on l.fund_id = p.fund_id and l.investor_id = p.investor_id
    where p.funded + p.funded_outside <> coalesce(l.applied, 0)`,
}

/** All of them in one snapshot. @param url of a role that sees every firm @returns what does not hold @throws Error when Postgres goes away meanwhile */
export async function readTruths(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  // The query that was under way says it too.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('begin isolation level repeatable read read only')
    const broken: string[] = []
    for (const [truth, statement] of Object.entries(truths)) {
      const { rows } = await client.query<{ broken: string | null }>(statement)
      broken.push(...rows.map((row) => `not true that ${truth}: ${row.broken}`))
    }
    return broken
  } finally {
    await client.end()
  }
}
