// Statistics are kept in Redis until a deal of the firm changes, or what they are weighted and dated by.
import type { StatisticsQuery } from '@throughline/contracts'
import { type Computed, type Ctx, forgetAnswers, keptAnswer } from '@throughline/db'

/** In case a change could not say that it happened: a process that ended between its commit and its word. */
const keptMs = 30_000

/**
 * To be called in the transaction of whatever changes deals, stages' settings or members' names: no caller gets
 * statistics of before once the change has been answered. Once a transaction is enough, however many deals it changes.
 * @throws Error when no transaction is open
 */
export const dealsChanged = (ctx: Ctx): void => forgetAnswers(ctx)

/** @param whose everything that decides whose deals are counted and what is told of them */
export function keptStatistics(
  ctx: Ctx,
  { from = '', to = '' }: StatisticsQuery,
  whose: string,
  compute: () => Promise<{ text: string; midnight: Date }>,
): Promise<string> {
  return keptAnswer(ctx, `statistics:${whose}:${from}:${to}`, async (): Promise<Computed> => {
    const { text, midnight } = await compute()
    // What is overdue is another thing tomorrow.
    const ttlMs = Math.max(1, Math.min(keptMs, midnight.getTime() - ctx.now().getTime()))
    return { text, ttlMs }
  })
}
