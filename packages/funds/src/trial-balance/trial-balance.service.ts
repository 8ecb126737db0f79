import type { TrialBalance } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { fundToRead } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { accounts, netAssetsFrom } from '../ledger/index.ts'
import { atLeastZero, fromMinor, sumOf } from '../minor-units.ts'
import { balancesOn } from './balances.ts'
import { readFundVersion } from './period-lock.repo.ts'

/** Every account that has a balance at the end of a day, today without one. @throws AppError not_found */
export async function trialBalanceAsOf(ctx: Ctx, fundId: string, day?: string): Promise<TrialBalance> {
  const fund = await fundToRead(ctx, fundId)
  const asOf = day ?? dayIn(fund.timeZone, ctx.now())
  const balances = await balancesOn(ctx, fund, asOf)
  const money = (amount: bigint) => fromMinor(amount, fund.currency)
  const moved = [...balances].filter(([, amount]) => amount !== 0n)
  return {
    currency: fund.currency,
    asOf,
    data: moved.map(([account, amount]) => ({
      account,
      name: accounts[account].name,
      type: accounts[account].type,
      debit: money(atLeastZero(amount)),
      credit: money(atLeastZero(-amount)),
    })),
    debit: money(sumOf(moved.map(([, amount]) => atLeastZero(amount)))),
    credit: money(sumOf(moved.map(([, amount]) => atLeastZero(-amount)))),
    netAssets: money(netAssetsFrom(balances)),
    lockedThrough: fund.lockedThrough,
    version: await readFundVersion(ctx.db, fundId),
  }
}
