import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { sumOf, toMinor } from '../minor-units.ts'
import { readCarry, readDealFlows, readInvestorFlows } from './flows.repo.ts'

type Fund = Pick<HeldFund, 'id' | 'currency'>

/** Of one day; minor units. */
export interface InvestorFlow {
  on: string
  contributed: bigint
  distributed: bigint
}

/** Between the fund and all of its investors, or one of them, in the order of days; one question. */
export const investorFlows = async (
  ctx: Ctx,
  fund: Fund,
  through: string,
  investorId?: string,
): Promise<InvestorFlow[]> =>
  (await readInvestorFlows(ctx.db, fund.id, through, investorId)).map(({ on, contributed, distributed }) => ({
    on,
    contributed: BigInt(contributed),
    distributed: BigInt(distributed),
  }))

/** Of one deal on one day; minor units. */
export interface DealFlow {
  dealId: string
  on: string
  invested: bigint
  /** Cost of what was sold. */
  soldCost: bigint
  proceeds: bigint
  income: bigint
  /** Marked up (or down) on the day; what was marked before a sale goes with it. */
  unrealised: bigint
}

/** Between the fund and its deals, in the order of days; one question. */
export async function dealFlows(ctx: Ctx, fund: Fund, through: string): Promise<DealFlow[]> {
  const minor = (decimal: string) => toMinor(decimal, fund.currency)
  return (await readDealFlows(ctx.db, fund.id, through)).map(({ dealId, on, ...amounts }) => ({
    dealId,
    on,
    invested: minor(amounts.invested),
    soldCost: minor(amounts.soldCost),
    proceeds: minor(amounts.proceeds),
    income: minor(amounts.income),
    unrealised: minor(amounts.unrealised),
  }))
}

/** Carry that was declared up to a day, by who got it; one question. */
export const carryPaid = async (ctx: Ctx, fund: Fund, through: string): Promise<ReadonlyMap<string, bigint>> =>
  new Map(
    (await readCarry(ctx.db, fund.id, through)).map(({ investorId, carry }) => [
      investorId,
      toMinor(carry, fund.currency),
    ]),
  )

export const totalOf = (carry: ReadonlyMap<string, bigint>): bigint => sumOf(carry.values())
