// The one way in which deals change: rows, history, audit, events, for one deal or for many.
import { audit } from '@throughline/accounts'
import { AppError } from '@throughline/contracts'
import { type Ctx, violates } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { dealsChanged } from '../statistics/index.ts'
import type { DealText } from './deal-detail.repo.ts'
import { type DealValues, type LockedDeal, writeDeals } from './deals.repo.ts'

/** A deal that is held, and what shall become of it. */
export interface Change {
  deal: LockedDeal
  after: Partial<DealValues>
}

/** The fields that differ, before and after; nothing when none does. */
export function difference({ deal, after }: Change) {
  const fields = Object.keys(after).filter((key) => !isSame(Reflect.get(deal, key), Reflect.get(after, key)))
  const pick = (from: object) => Object.fromEntries(fields.map((key) => [key, Reflect.get(from, key)]))
  return fields.length === 0 ? undefined : { before: pick(deal), after: pick(after) }
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Another desk has built on a deal between the question for its holds and this change. */
function heldMeanwhile(error: unknown): never {
  if (!violates(error, 'deals_held')) throw error
  throw new AppError('conflict', { message: 'Another desk has just built on this deal. Reload it.', cause: error })
}

type Kind = 'moved' | 'deleted' | 'restored' | 'updated'
const kindOf = (before: LockedDeal, after: DealValues): Kind => {
  if (before.deletedAt === null && after.deletedAt !== null) return 'deleted'
  if (before.deletedAt !== null && after.deletedAt === null) return 'restored'
  return before.stage === after.stage ? 'updated' : 'moved'
}

function announce(ctx: Ctx, before: LockedDeal, after: DealValues, version: number): void {
  const dealId = before.id
  const kind = kindOf(before, after)
  if (kind === 'moved') emit(ctx, 'deal.moved', { dealId, from: before.stage, to: after.stage, version })
  else if (kind === 'deleted') emit(ctx, 'deal.deleted', { dealId })
  else if (kind === 'restored') emit(ctx, 'deal.restored', { dealId, version })
  else emit(ctx, 'deal.updated', { dealId, version })
}

/**
 * Applies changes that the rules allow, in the open transaction: each deal one version further, one audit row and one
 * event each. What would change nothing is left out.
 * @param batchId the wish that these changes belong to, when there are many
 * @returns what was written; JSON text (`dealView`) when it was one deal
 * @throws AppError conflict for a deal on which another desk has built since it was asked
 */
export async function applyChanges(
  ctx: Ctx,
  changes: readonly Change[],
  batchId?: string,
): Promise<(DealText & { id: string })[]> {
  const real = changes.flatMap((change) => {
    const changed = difference(change)
    return changed ? [{ ...change, changed }] : []
  })
  if (real.length === 0) return []
  const rows = real.map(({ deal: { version: _version, holds: _holds, ...deal }, after }) => ({ ...deal, ...after }))
  const written = await writeDeals(ctx.db, rows, { now: ctx.now(), actorId: ctx.actor.id }).catch(heldMeanwhile)
  const versions = new Map(written.map(({ id, version }) => [id, version]))
  for (const [index, { deal, changed }] of real.entries()) {
    const after = rows[index]
    const version = versions.get(deal.id)
    if (!after || version === undefined) throw new Error('a deal that was held is gone')
    const told = batchId ? { ...changed, after: { ...changed.after, batchId } } : changed
    audit(ctx, { action: `deal.${kindOf(deal, after)}`, subject: 'deal', subjectId: deal.id, ...told })
    announce(ctx, deal, after, version)
  }
  dealsChanged(ctx)
  return written
}
