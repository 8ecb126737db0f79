// Statistics of the deals that the caller may see.
import type { DealStatistics, StatisticsQuery } from '@throughline/contracts'
import { type Ctx, memberIdOf } from '@throughline/db'
import { ownDealsOnly } from '../visibility.ts'
import { keptStatistics } from './cache.ts'
import { splitPeriod } from './period.rules.ts'
import { readAnswers, readFrame } from './statistics.repo.ts'
import { statisticsOf } from './statistics.rules.ts'

interface Scope {
  ownerId: string | null
  /** False for a member who sees their own deals only. */
  seesAll: boolean
}

async function scopeOf(ctx: Ctx, mine: boolean): Promise<Scope> {
  const onlyOwnerId = await ownDealsOnly(ctx)
  return { ownerId: onlyOwnerId ?? (mine ? memberIdOf(ctx.actor) : null), seesAll: onlyOwnerId === null }
}

async function compute(
  ctx: Ctx,
  query: StatisticsQuery,
  { ownerId, seesAll }: Scope,
): Promise<{ answer: DealStatistics; midnight: Date }> {
  const now = ctx.now()
  const db = await ctx.db.caughtUpReplica()
  const frame = await readFrame(db, now, query)
  const { since, until, historySince, midnight, today } = frame
  const period = splitPeriod(since, until)
  const history = splitPeriod(historySince, midnight)
  const month = `${today.slice(0, 7)}-01`
  const question = { ownerId, period, history, month, today }
  const [facts, stays, owners] = await readAnswers(db, question, { since, until, now })
  return { answer: statisticsOf({ frame, ownerId, seesAll, facts, owners, stays }), midnight }
}

/**
 * JSON text of `dealStatistics`: kept until a deal changes, computed otherwise, on the replica when it has every write
 * that is committed by then.
 */
export async function dealStatistics(ctx: Ctx, query: StatisticsQuery): Promise<string> {
  const scope = await scopeOf(ctx, query.mine)
  const whose = `${scope.seesAll ? 'all' : 'own'}:${scope.ownerId ?? ''}`
  return keptStatistics(ctx, query, whose, async () => {
    const { answer, midnight } = await compute(ctx, query, scope)
    return { text: JSON.stringify(answer), midnight }
  })
}
