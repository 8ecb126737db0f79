// What the accounts of a fund stand at.
import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { type AccountCode, accountCodes, isAccountCode } from '../ledger/index.ts'
import { toMinor } from '../minor-units.ts'
import { readBalances, readOwnBalances } from './balances.repo.ts'

/** Debits less credits of every account at the end of a day; one question. */
export async function balancesOn(
  ctx: Ctx,
  fund: Pick<HeldFund, 'id' | 'currency' | 'timeZone'>,
  asOf: string,
): Promise<ReadonlyMap<AccountCode, bigint>> {
  const balances = new Map<AccountCode, bigint>(accountCodes.map((code) => [code, 0n]))
  for (const { account, amount } of await readBalances(ctx.db, fund.id, asOf, dayIn(fund.timeZone, ctx.now()))) {
    if (!isAccountCode(account)) throw new Error(`${account} is no account`)
    balances.set(account, toMinor(amount, fund.currency))
  }
  return balances
}

/** What an investor has paid and (below zero) was sent, by the books; minor units. */
export interface OwnBalance {
  contributions: bigint
  distributions: bigint
}

/** By investor, at the end of a day; one question. */
export const ownBalancesOn = async (
  ctx: Ctx,
  fund: Pick<HeldFund, 'id' | 'currency' | 'timeZone'>,
  asOf: string,
): Promise<ReadonlyMap<string, OwnBalance>> =>
  new Map(
    (await readOwnBalances(ctx.db, fund.id, asOf, dayIn(fund.timeZone, ctx.now()))).map((row) => [
      row.investorId,
      {
        contributions: toMinor(row.contributions, fund.currency),
        distributions: toMinor(row.distributions, fund.currency),
      },
    ]),
  )
