// Balances as of a day: kept months, and the lines of one month, never the whole ledger.
import { type Sql, sql, type TenantDb } from '@throughline/db'
import { noInvestor } from '../books/index.ts'

export interface BalanceRow {
  account: string
  /** Debits less credits, a decimal. */
  amount: string
}

/**
 * Kept months, and lines of the half month between the day and the nearer end of its month; behind `today` there are
 * hardly any, so of today none of what was posted this month.
 */
function partsOf(db: TenantDb, { fundId, asOf, today, perInvestor }: Asked): Sql {
  const fromItsEnd = asOf >= today || Number(asOf.slice(8)) > 15
  const month = sql`date_trunc('month', ${asOf}::date)::date`
  const kept = perInvestor
    ? sql`investor_id, account, amount from investor_balances`
    : sql`account, amount from ledger_balances`
  const ofFund = sql`tenant_id = ${db.tenantId}::uuid and fund_id = ${fundId}::uuid`
  const lines = (amount: Sql) =>
    perInvestor
      ? sql`investor_id, account, ${amount} from ledger_lines where investor_id <> ${noInvestor}::uuid and ${ofFund}`
      : sql`account, ${amount} from ledger_lines where ${ofFund}`
  return fromItsEnd
    ? sql`select ${kept} where ${ofFund} and month <= ${month} union all select ${lines(sql`-amount`)}
        and effective_on > ${asOf}::date and effective_on < (${month} + interval '1 month')::date`
    : sql`select ${kept} where ${ofFund} and month < ${month} union all select ${lines(sql`amount`)}
        and effective_on >= ${month} and effective_on <= ${asOf}::date`
}

interface Asked {
  fundId: string
  asOf: string
  today: string
  perInvestor: boolean
}

/** Every account that was ever used. */
export const readBalances = (db: TenantDb, fundId: string, asOf: string, today: string): Promise<BalanceRow[]> =>
  db.query<BalanceRow>(sql`select account, sum(amount)::text as amount
    from (${partsOf(db, { fundId, asOf, today, perInvestor: false })}) parts group by account`)

export interface OwnBalanceRow {
  investorId: string
  /** Decimals: what an investor has paid, and (below zero) was sent. */
  contributions: string
  distributions: string
}

/** What is an investor's own in the books: everything else is shared. */
export const readOwnBalances = (db: TenantDb, fundId: string, asOf: string, today: string): Promise<OwnBalanceRow[]> =>
  db.query<OwnBalanceRow>(sql`select investor_id as "investorId",
      coalesce(-sum(amount) filter (where account in ('contributed_capital', 'other_contributions', 'call_receivable')), 0)::text
        as contributions,
      coalesce(-sum(amount) filter (where account in ('returned_capital', 'distributed_gain', 'distributed_income')), 0)::text
        as distributions
    from (${partsOf(db, { fundId, asOf, today, perInvestor: true })}) parts group by investor_id`)
