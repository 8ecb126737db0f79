import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { readDealTitles } from '../allocations/index.ts'
import type { RunStep } from './waterfall-flows.rules.ts'

/** @throws AppError not_found */
export async function checkDeal(ctx: Ctx, dealId: string): Promise<void> {
  if (!(await readDealTitles(ctx.db, [dealId])).has(dealId))
    throw new AppError('not_found', { message: 'There is no such deal.' })
}

/** Titles of the deals that steps of a waterfall are of, by id: one question, and none where it ran by the whole fund. */
export async function titlesOfSteps(ctx: Ctx, steps: readonly RunStep[]): Promise<ReadonlyMap<string, string>> {
  const dealIds = steps.flatMap(({ dealId }) => (dealId === undefined ? [] : [dealId]))
  return dealIds.length > 0 ? readDealTitles(ctx.db, dealIds) : new Map()
}
