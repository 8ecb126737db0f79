// What has to hold of a fund whatever was paid, as tests of several modules ask for it.
import { type Ctx, sql } from '@throughline/db'

export interface Sums {
  applied: string
  prepaid: string
  received: string
  back: string
  refunded: string
  owed: string
  /** Lines that ask for less than nothing, or have more than they asked for. */
  badLines: number
  /** Investors whose sub-ledgers are not what their lines, positions and debts say. */
  badInvestors: number
  /** Debits less credits of everything; entries whose lines are not zero together. */
  trialBalance: string
  /** Investors with more excess on lines than is prepaid. */
  badExcess: number
}

export async function sumsOf({ db }: Ctx, fundId: string): Promise<Sums> {
  const row = await db.queryOne<Sums>(sql`
    with p as (select * from payments where fund_id = ${fundId}::uuid),
    l as (select * from capital_call_lines where fund_id = ${fundId}::uuid),
    ledger as (select investor_id, account, sum(amount) as amount from ledger_lines where fund_id = ${fundId}::uuid group by 1, 2),
    investor as (
      select f.investor_id, f.prepaid, f.funded + f.funded_outside as funded,
        coalesce((select sum(due - applied - written_off) from l where l.investor_id = f.investor_id), 0) as outstanding,
        coalesce((select sum(applied) from l where l.investor_id = f.investor_id), 0) as applied,
        coalesce((select sum(excess) from l where l.investor_id = f.investor_id), 0) as excess,
        coalesce((select sum(owed) from p where p.investor_id = f.investor_id), 0) as owed,
        coalesce((select amount from ledger g where g.investor_id = f.investor_id and account = 'call_receivable'), 0) as receivable,
        coalesce((select -amount from ledger g where g.investor_id = f.investor_id and account = 'prepaid_capital'), 0) as advance
      from fund_positions f where f.fund_id = ${fundId}::uuid)
    select (select coalesce(sum(applied), 0) from l)::text as applied, (select sum(prepaid) from investor)::text as prepaid,
      coalesce((select sum(amount) from p where kind = 'RECEIPT'), 0)::text as received,
      coalesce((select sum(amount) from p where kind in ('BOUNCE', 'UNMATCH')), 0)::text as back,
      coalesce((select sum(amount) from p where kind = 'REFUND'), 0)::text as refunded,
      coalesce((select sum(owed) from p), 0)::text as owed,
      (select count(*)::int from l where applied < 0 or applied + written_off > due or from_prepaid > applied) as "badLines",
      (select count(*)::int from investor where receivable <> outstanding + owed or advance <> prepaid or funded <> applied)
        as "badInvestors",
      (select count(*)::int from investor where excess > prepaid) as "badExcess",
      ((select coalesce(sum(amount), 0) from ledger_lines where fund_id = ${fundId}::uuid)
        + (select count(*) from (select 1 from ledger_lines where fund_id = ${fundId}::uuid group by entry_id
            having sum(amount) <> 0) wrong))::text as "trialBalance"`)
  if (!row) throw new Error('a statement of sums has a row')
  return row
}
