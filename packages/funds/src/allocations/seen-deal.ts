import { ownDealsOnly } from '@throughline/accounts'
import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { readDealSeenBy, type WonDeal } from './won-deals.repo.ts'

/** @throws AppError not_found, also for a deal of another's when the caller is a member who sees their own only */
export async function dealToSee(ctx: Ctx, dealId: string): Promise<WonDeal> {
  const deal = await readDealSeenBy(ctx.db, dealId, await ownDealsOnly(ctx))
  if (!deal) throw new AppError('not_found', { message: 'There is no such deal.' })
  return deal
}
