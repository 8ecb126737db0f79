import { audit } from '@throughline/accounts'
import { AppError, type PeriodLock, type SetPeriodLock } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { holdFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { refused } from '../refused.ts'
import { readFundVersion, writeLock } from './period-lock.repo.ts'

/**
 * Locks the books up to a day, moves the lock, or lifts it (null): nothing is posted with an effective date in it.
 * @throws AppError not_found, stale_version; unprocessable for a day that has not ended yet
 */
export function setPeriodLock(ctx: Ctx, fundId: string, input: SetPeriodLock): Promise<PeriodLock> {
  const { lockedThrough, reason, version: seen } = input
  return ctx.db.transaction(async () => {
    const fund = await holdFund(ctx, fundId)
    if (seen !== undefined && seen !== (await readFundVersion(ctx.db, fundId))) throw new AppError('stale_version')
    if (lockedThrough !== null && lockedThrough >= dayIn(fund.timeZone, ctx.now()))
      throw refused('Only days that have ended can be locked.', { lockedThrough })
    const version = await writeLock(ctx.db, fundId, lockedThrough, ctx.now())
    audit(ctx, {
      action: lockedThrough === null ? 'fund.books_unlocked' : 'fund.books_locked',
      subject: 'fund',
      subjectId: fundId,
      before: { lockedThrough: fund.lockedThrough },
      after: { lockedThrough, reason },
    })
    emit(ctx, 'fund.changed', { fundId })
    return { fundId, lockedThrough, version }
  })
}
