import type { Ctx } from '@throughline/db'
import type { HeldFund } from '../books/index.ts'
import { sumOf, toMinor } from '../minor-units.ts'
import {
  type DealFlowRow,
  type InvestorFlowRow,
  readCarry,
  readDealFlows,
  readFlowsOfInvestor,
  readInvestorFlows,
} from './flows.repo.ts'

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
): Promise<InvestorFlow[]> => (await readInvestorFlows(ctx.db, fund.id, through, investorId)).map(toInvestorFlow)

const toInvestorFlow = ({ on, contributed, distributed }: InvestorFlowRow): InvestorFlow => ({
  on,
  contributed: BigInt(contributed),
  distributed: BigInt(distributed),
})

/** Between one investor and each of some funds, by fund; one question. */
export async function investorFlowsByFund(
  ctx: Ctx,
  investorId: string,
  fundIds: readonly string[],
): Promise<ReadonlyMap<string, InvestorFlow[]>> {
  const rows = Map.groupBy(await readFlowsOfInvestor(ctx.db, investorId, fundIds), ({ fundId }) => fundId)
  return new Map([...rows].map(([fundId, own]) => [fundId, own.map(toInvestorFlow)]))
}

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
export const dealFlows = async (ctx: Ctx, fund: Fund, through: string): Promise<DealFlow[]> =>
  (await readDealFlows(ctx.db, fund.id, through)).map((row) => toDealFlow(row, fund.currency))

export function toDealFlow({ dealId, on, ...amounts }: DealFlowRow, currency: string): DealFlow {
  const minor = (decimal: string) => toMinor(decimal, currency)
  return {
    dealId,
    on,
    invested: minor(amounts.invested),
    soldCost: minor(amounts.soldCost),
    proceeds: minor(amounts.proceeds),
    income: minor(amounts.income),
    unrealised: minor(amounts.unrealised),
  }
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
