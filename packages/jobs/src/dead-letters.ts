import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { announce } from './enqueue.ts'
import { revive } from './jobs.repo.ts'

/**
 * Gives a dead letter all its attempts back.
 * @throws AppError not_found when there is no such dead letter in this tenant
 */
export async function replayDeadLetter(ctx: Ctx, jobId: string): Promise<void> {
  await ctx.db.transaction(async () => {
    if (!(await revive(ctx.db, { tenantId: ctx.tenantId, jobId })))
      throw new AppError('not_found', { message: 'There is no such dead letter.' })
    await announce(ctx, jobId)
  })
}
