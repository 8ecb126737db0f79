// Into the trash, out of it again, and away for good. Deals go into the trash through their own module.
import { audit } from '@throughline/accounts'
import { AppError, type MergeKind, type RecordState } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { companyCandidates, contactCandidates, duplicateConflict, refuseDuplicates } from '../duplicates/index.ts'
import { checkMayEdit, unlessTaken } from '../records/index.ts'
import { dealsChanged } from '../statistics/index.ts'
import { findOldTrash, type HeldRecord, holdsOf, lockRecord, markDeleted, removeForGood } from './trash.repo.ts'

type Kind = Exclude<MergeKind, 'deal'>

const nothingThere = (kind: MergeKind) => new AppError('not_found', { message: `There is no such ${kind}.` })

async function held(ctx: Ctx, kind: MergeKind, id: string, { deleted }: { deleted: boolean }): Promise<HeldRecord> {
  const record = await lockRecord(ctx.db, kind, id)
  if (!record || (record.deletedAt !== null) !== deleted) throw nothingThere(kind)
  return record
}

function announce(ctx: Ctx, kind: Kind, id: string): void {
  if (kind === 'company') emit(ctx, 'company.changed', { companyId: id })
  else emit(ctx, 'contact.changed', { contactId: id })
}

const told = (ctx: Ctx, kind: Kind, act: 'deleted' | 'restored', { id, name }: HeldRecord): void => {
  audit(ctx, { action: `${kind}.${act}`, subject: kind, subjectId: id, before: { name } })
  announce(ctx, kind, id)
}

/**
 * Puts a company or contact into the trash. Its contacts and deals stay as they are and go on naming it, as deleted,
 * until it is purged; its domain or e-mail is free.
 * @throws AppError not_found, forbidden, stale_version
 */
export function deleteRecord(ctx: Ctx, kind: Kind, id: string, version: number | undefined): Promise<void> {
  return ctx.db.transaction(async () => {
    const record = await held(ctx, kind, id, { deleted: false })
    await checkMayEdit(ctx, { kind, id, record }, version)
    const now = ctx.now()
    await markDeleted(ctx.db, kind, { id, at: now, by: ctx.actor.id, now })
    told(ctx, kind, 'deleted', record)
  })
}

/**
 * Takes a company or contact out of the trash.
 * @throws AppError not_found, forbidden; conflict when another has its domain or e-mail by now
 */
export function restoreRecord(ctx: Ctx, kind: Kind, id: string): Promise<RecordState> {
  return ctx.db.transaction(async () => {
    const record = await held(ctx, kind, id, { deleted: true })
    await checkMayEdit(ctx, { kind, id, record }, undefined)
    const { unique } = record
    const taken =
      kind === 'company'
        ? await companyCandidates(ctx.db, { domain: unique })
        : await contactCandidates(ctx.db, { email: unique })
    refuseDuplicates(taken, true)
    const restored = markDeleted(ctx.db, kind, { id, at: null, by: null, now: ctx.now() })
    const version = await unlessTaken(restored, () =>
      duplicateConflict('Another one has taken its place in the meantime.', [], false),
    )
    told(ctx, kind, 'restored', record)
    return { id, version, deletedAt: null }
  })
}

/** Deals that named a company or contact are scored without it; those in the trash are in no statistics themselves. */
async function remove(ctx: Ctx, kind: MergeKind, ids: readonly string[]): Promise<number> {
  const removed = await removeForGood(ctx.db, kind, ids)
  if (kind !== 'deal') dealsChanged(ctx)
  return removed
}

/**
 * Removes what is in the trash, for good.
 * @throws AppError not_found, also for what is not in the trash; conflict for a deal that something is built on
 */
export function purgeRecord(ctx: Ctx, kind: MergeKind, id: string): Promise<void> {
  return ctx.db.transaction(async () => {
    const { name } = await held(ctx, kind, id, { deleted: true })
    const holds = kind === 'deal' ? await holdsOf(ctx.db, id) : []
    if (holds.length > 0)
      throw new AppError('conflict', { message: `This deal cannot be removed: ${holds.join(', ')} is based on it.` })
    await remove(ctx, kind, [id])
    audit(ctx, { action: `${kind}.purged`, subject: kind, subjectId: id, before: { name } })
    if (kind === 'deal') emit(ctx, 'deal.purged', { dealId: id })
    else announce(ctx, kind, id)
  })
}

/** Rows that one transaction removes. */
const batchSize = 500

/** Deals first, then contacts, then companies: fewer links to cut. */
const inOrder = ['deal', 'contact', 'company'] as const

async function purgeBatch(ctx: Ctx, kind: MergeKind, before: Date): Promise<number> {
  return ctx.db.transaction(async () => {
    const ids = await findOldTrash(ctx.db, kind, before, batchSize)
    if (ids.length === 0) return 0
    const removed = await remove(ctx, kind, ids)
    audit(ctx, { action: 'trash.purged', subject: kind, subjectId: null, after: { count: removed, ids } })
    return ids.length
  })
}

/** Removes what was put into the trash before an instant. @returns how many records went, by kind */
export async function purgeOldTrash(ctx: Ctx, before: Date): Promise<Record<MergeKind, number>> {
  const removed = { deal: 0, contact: 0, company: 0 }
  for (const kind of inOrder) {
    let went = batchSize
    while (went === batchSize) {
      went = await purgeBatch(ctx, kind, before)
      removed[kind] += went
    }
  }
  return removed
}
