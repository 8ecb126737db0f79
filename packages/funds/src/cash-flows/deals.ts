import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { readDealTitles } from '../allocations/index.ts'

/** @throws AppError not_found */
export async function checkDeal(ctx: Ctx, dealId: string): Promise<void> {
  if (!(await readDealTitles(ctx.db, [dealId])).has(dealId))
    throw new AppError('not_found', { message: 'There is no such deal.' })
}
