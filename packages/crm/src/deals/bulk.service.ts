// One wish about many deals: each is decided on its own, all are written together, and all can be taken back.
import { randomUUIDv7 } from 'node:crypto'
import {
  AppError,
  type BulkChange,
  type BulkDeleteDeals,
  type BulkResult,
  type BulkUpdateDeals,
  type SkipReason,
} from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { invalid } from '../invalid.ts'
import { ownDealsOnly } from '../visibility.ts'
import { insertBatch, lockBatch, markUndone, restoreReached } from './bulk.repo.ts'
import { type Outcome, outcomeOf, undoneOutcome } from './bulk.rules.ts'
import { applyChanges, type Change, realChanges } from './deal-changes.ts'
import { type HeldDeal, lockDeals, readReferences } from './deals.repo.ts'
import { mayChange } from './deals.rules.ts'

type Skipped = { id: string; reason: SkipReason }

/** What is to be written, and what is not. A deal that may not be seen is as one that is not there. */
async function decide(ctx: Ctx, ids: readonly string[], outcome: (deal: HeldDeal) => Outcome) {
  const wanted = [...new Set(ids)]
  const deals = new Map((await lockDeals(ctx.db, wanted, await ownDealsOnly(ctx))).map((deal) => [deal.id, deal]))
  const changes: Change[] = []
  const skipped: Skipped[] = []
  for (const id of wanted) {
    const deal = deals.get(id)
    const decided: Outcome = !deal
      ? { skip: 'not_found' }
      : mayChange(ctx.actor, deal.ownerId)
        ? outcome(deal)
        : { skip: 'not_yours' }
    if ('skip' in decided) skipped.push({ id, reason: decided.skip })
    else if (deal) changes.push({ deal, after: decided.after })
  }
  return { changes, skipped }
}

/** Remembers what it was before, and writes what was decided. */
async function write(ctx: Ctx, action: string, changes: readonly Change[], skipped: Skipped[]): Promise<BulkResult> {
  if (changes.length === 0) return { batchId: null, updated: [], skipped }
  const batchId = randomUUIDv7()
  const real = realChanges(changes)
  const items = real.map(({ deal, changed }) => ({
    dealId: deal.id,
    before: changed.before,
    version: deal.version + 1,
  }))
  await insertBatch(ctx.db, { id: batchId, action, actorId: ctx.actor.id, now: ctx.now() }, items)
  await applyChanges(ctx, real, batchId)
  return { batchId, updated: changes.map(({ deal }) => deal.id), skipped }
}

async function checkWish(ctx: Ctx, change: BulkChange): Promise<void> {
  if (change.action === 'move') {
    if (change.stage === 'CLOSED_LOST' && !change.lostReason)
      throw invalid({ path: 'body.change.lostReason', message: 'is needed: why were the deals lost?' })
    if (change.stage !== 'CLOSED_LOST' && change.lostReason)
      throw invalid({ path: 'body.change.lostReason', message: 'belongs to lost deals only' })
  }
  if (change.action !== 'assign') return
  if (!mayChange(ctx.actor, change.ownerId))
    throw new AppError('forbidden', { message: 'Members cannot give a deal away.' })
  const { ownerId } = change
  const { owner } = await readReferences(ctx.db, { ownerId, companyId: null, contactId: null, contacts: [] })
  if (!owner) throw invalid({ path: 'body.change.ownerId', message: 'There is no such member.' })
}

/**
 * Changes up to 1,000 deals in one transaction. Each is skipped for its own reason or changed, with its own history,
 * audit row and event.
 * @throws AppError validation_failed, forbidden
 */
export const bulkUpdateDeals = (ctx: Ctx, { ids, change }: BulkUpdateDeals): Promise<BulkResult> =>
  ctx.db.transaction(async () => {
    await checkWish(ctx, change)
    const now = ctx.now()
    const { changes, skipped } = await decide(ctx, ids, (deal) =>
      deal.deletedAt === null ? outcomeOf(deal, change, now) : { skip: 'not_found' },
    )
    return write(ctx, change.action, changes, skipped)
  })

/** Puts up to 1,000 deals into the trash. A deal that something is built on stays. */
export const bulkDeleteDeals = (ctx: Ctx, { ids }: BulkDeleteDeals): Promise<BulkResult> =>
  ctx.db.transaction(async () => {
    const deletedAt = ctx.now().toISOString()
    const { changes, skipped } = await decide(ctx, ids, (deal) => {
      if (deal.deletedAt !== null) return { skip: 'not_found' }
      return deal.holds.length > 0 ? { skip: 'held' } : { after: { deletedAt } }
    })
    return write(ctx, 'delete', changes, skipped)
  })

/**
 * Takes a wish back: every deal that nobody has changed since becomes what it was. Once.
 * @throws AppError not_found, also for the wish of somebody else, which only managers take back; conflict when it was
 * taken back already
 */
export const undoBatch = (ctx: Ctx, batchId: string): Promise<BulkResult> =>
  ctx.db.transaction(async () => {
    const batch = await lockBatch(ctx.db, batchId)
    if (!batch || (ctx.actor.role === 'member' && batch.actorId !== ctx.actor.id))
      throw new AppError('not_found', { message: 'There is nothing to take back.' })
    if (batch.undone) throw new AppError('conflict', { message: 'This was taken back already.' })
    const items = new Map(batch.items.map((item) => [item.dealId, item]))
    const { changes, skipped } = await decide(ctx, [...items.keys()], (deal) => {
      const item = items.get(deal.id)
      return item ? undoneOutcome(deal, item.before, item.version) : { skip: 'not_found' }
    })
    const updated = changes.map(({ deal }) => deal.id)
    await applyChanges(ctx, realChanges(changes), batchId)
    await restoreReached(ctx.db, batchId, updated)
    await markUndone(ctx.db, batchId, ctx.now())
    return { batchId, updated, skipped }
  })
