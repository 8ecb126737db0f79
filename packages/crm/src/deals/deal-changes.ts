// The one way in which deals change: rows, history, audit, events, for one deal or for many.
import { audit } from '@throughline/accounts'
import { AppError } from '@throughline/contracts'
import { type Ctx, violates } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { dealsChanged } from '../statistics/index.ts'
import type { DealText } from './deal-detail.repo.ts'
import { writeDeal, writeDeals } from './deal-writes.repo.ts'
import type { DealValues, HeldDeal, LockedDeal } from './deals.repo.ts'

/** A deal that is held, and what shall become of it. */
export interface Change {
  deal: HeldDeal
  after: Partial<DealValues>
}

/** A change that makes a difference. */
export interface RealChange extends Change {
  /** The fields that differ, before and after. */
  changed: { before: Partial<DealValues>; after: Partial<DealValues> }
}

/** The fields that differ, before and after; nothing when none does. */
export function difference({ deal, after }: Change): RealChange['changed'] | undefined {
  const fields = Object.keys(after).filter((key) => !isSame(Reflect.get(deal, key), Reflect.get(after, key)))
  const pick = (from: object) => Object.fromEntries(fields.map((key) => [key, Reflect.get(from, key)]))
  return fields.length === 0 ? undefined : { before: pick(deal), after: pick(after) }
}

const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** Without those that would change nothing. */
export const realChanges = (changes: readonly Change[]): RealChange[] =>
  changes.flatMap((change) => {
    const changed = difference(change)
    return changed ? [{ ...change, changed }] : []
  })

/** Another desk has built on a deal between the question for its holds and this change. */
function heldMeanwhile(error: unknown): never {
  if (!violates(error, 'deals_held')) throw error
  throw new AppError('conflict', { message: 'Another desk has just built on this deal. Reload it.', cause: error })
}

type Kind = 'moved' | 'deleted' | 'restored' | 'updated'
function kindOf({ deal, after: { deletedAt = deal.deletedAt, stage = deal.stage } }: Change): Kind {
  if (deal.deletedAt === null && deletedAt !== null) return 'deleted'
  if (deal.deletedAt !== null && deletedAt === null) return 'restored'
  return deal.stage === stage ? 'updated' : 'moved'
}

/** What belongs to each deal that was written: its audit row and its event. */
function tell(ctx: Ctx, change: RealChange, batchId?: string): void {
  const { deal, changed } = change
  const kind = kindOf(change)
  const [dealId, version] = [deal.id, deal.version + 1]
  const after = batchId ? { ...changed.after, batchId } : changed.after
  audit(ctx, { action: `deal.${kind}`, subject: 'deal', subjectId: dealId, before: changed.before, after })
  if (kind === 'moved') {
    const { stage = deal.stage } = change.after
    emit(ctx, 'deal.moved', { dealId, from: deal.stage, to: stage, version })
  } else if (kind === 'deleted') emit(ctx, 'deal.deleted', { dealId })
  else if (kind === 'restored') emit(ctx, 'deal.restored', { dealId, version })
  else emit(ctx, 'deal.updated', { dealId, version })
}

const gone = () => new Error('a deal that was held is gone')

/**
 * Applies a change that the rules allow, in the open transaction: the deal one version further, an audit row, an event.
 * @returns JSON text (`dealView`) of what was written; nothing when it would change nothing
 * @throws AppError conflict for a deal on which another desk has built since it was asked
 */
export async function applyChange(ctx: Ctx, change: Change & { deal: LockedDeal }): Promise<DealText | undefined> {
  const [real] = realChanges([change])
  if (!real) return undefined
  const written = await writeDeal(
    ctx.db,
    { ...change.deal, ...change.after },
    { now: ctx.now(), actorId: ctx.actor.id },
  ).catch(heldMeanwhile)
  if (!written) throw gone()
  tell(ctx, real)
  dealsChanged(ctx)
  return written
}

/**
 * The same for as many as there are, each with its own audit row and event.
 * @param batchId the wish that they belong to
 * @throws AppError conflict, as for one
 */
export async function applyChanges(ctx: Ctx, changes: readonly RealChange[], batchId: string): Promise<void> {
  const [first, ...others] = changes.map(({ deal, after }) => ({ ...deal, ...after }))
  if (!first) return
  const fields = new Set(changes.flatMap(({ changed }) => Object.keys(changed.after)))
  const write = { now: ctx.now(), actorId: ctx.actor.id }
  const tellAll = async () => {
    for (const change of changes) tell(ctx, change, batchId)
  }
  // While the database writes, this process has nothing else to do than to say what was written.
  const writing = writeDeals(ctx.db, [first, ...others], fields, write).catch(heldMeanwhile)
  const [written] = await Promise.all([writing, tellAll()])
  if (written !== changes.length) throw gone()
  dealsChanged(ctx)
}
