// The one way in which deals change: rows, history, audit, events, for one deal or for many.
import { audit } from '@throughline/accounts'
import { AppError } from '@throughline/contracts'
import { type Ctx, violates } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { dealsChanged } from '../statistics/index.ts'
import type { DealText } from './deal-detail.repo.ts'
import { writeDeal, writeDeals } from './deal-writes.repo.ts'
import type { DealValues, LockedDeal } from './deals.repo.ts'

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
 * @returns JSON text (`dealView`) of what was written, when it was one deal
 * @throws AppError conflict for a deal on which another desk has built since it was asked
 */
export async function applyChanges(
  ctx: Ctx,
  changes: readonly Change[],
  batchId?: string,
): Promise<DealText | undefined> {
  const [first, ...others] = changes.flatMap((change) => {
    const changed = difference(change)
    const { version: _version, holds: _holds, ...deal } = change.deal
    return changed ? [{ ...change, changed, row: { ...deal, ...change.after } }] : []
  })
  if (!first) return undefined
  const real = [first, ...others]
  const write = { now: ctx.now(), actorId: ctx.actor.id }
  let text: DealText | undefined
  if (others.length === 0) text = await writeDeal(ctx.db, first.row, write).catch(heldMeanwhile)
  else {
    const fields = new Set(real.flatMap(({ changed }) => Object.keys(changed.after)))
    const written = await writeDeals(ctx.db, [first.row, ...others.map(({ row }) => row)], fields, write).catch(
      heldMeanwhile,
    )
    if (written !== real.length) throw new Error('a deal that was held is gone')
  }
  for (const { deal, row, changed } of real) {
    const told = batchId ? { ...changed, after: { ...changed.after, batchId } } : changed
    audit(ctx, { action: `deal.${kindOf(deal, row)}`, subject: 'deal', subjectId: deal.id, ...told })
    announce(ctx, deal, row, deal.version + 1)
  }
  dealsChanged(ctx)
  return text
}
