// Two records become one: looked at beforehand, done in one transaction, taken back exactly.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type MergeKind,
  type MergePreview,
  type MergeRecords,
  type MergeView,
  type PreviewMerge,
} from '@throughline/contracts'
import { type Ctx, memberIdOf } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { invalid } from '../invalid.ts'
import { rescoreDealsOfCompany, rescoreDealsOfContact, unlessTaken } from '../records/index.ts'
import { dealsChanged } from '../statistics/index.ts'
import { holdsOf } from '../trash/index.ts'
import { addFormerContact, countLinks, moveLinks } from './links.repo.ts'
import { lockRows, type MergeRow, readRows, setDeleted, writeRow } from './merge-rows.repo.ts'
import { insertMerge, insertNote, readWay } from './merges.repo.ts'
import { mergedRow, notAChoice, previewFields } from './merges.rules.ts'

type Pair = Pick<MergeRecords, 'kind' | 'keepId' | 'mergeId'>

/** Both, when they are there and not in the trash. @throws AppError validation_failed, not_found */
async function bothOf(ctx: Ctx, { kind, keepId, mergeId }: Pair, read: typeof lockRows) {
  if (keepId === mergeId) throw invalid({ path: 'mergeId', message: 'must be another record' })
  const rows = await read(ctx.db, kind, [keepId, mergeId])
  const living = (id: string) => rows.find((row) => row.id === id && !row.deleted)
  const [kept, merged] = [living(keepId), living(mergeId)]
  if (!kept || !merged) throw new AppError('not_found', { message: `There is no such ${kind}.` })
  return { kept, merged }
}

/** Why the merged record may not go. */
async function obstaclesOf(ctx: Ctx, { kind, mergeId }: Pair): Promise<string[]> {
  const holds = kind === 'deal' ? await holdsOf(ctx.db, mergeId) : []
  return holds.map((hold) => `${hold} is based on the deal that would go. Keep that one.`)
}

/** What a merge would leave, field by field, and how many rows it would move. @throws AppError not_found */
export async function previewMerge(ctx: Ctx, pair: PreviewMerge): Promise<MergePreview> {
  const { kept, merged } = await bothOf(ctx, pair, readRows)
  return {
    fields: previewFields(pair.kind, kept.row, merged.row, ctx.now()),
    moves: await countLinks(ctx.db, pair.kind, merged.id),
    obstacles: await obstaclesOf(ctx, pair),
  }
}

/** Asks for new lead scores of the deals that a record is known from. */
export async function rescore(ctx: Ctx, kind: MergeKind, id: string): Promise<void> {
  if (kind === 'company') await rescoreDealsOfCompany(ctx.db, id)
  if (kind === 'contact') await rescoreDealsOfContact(ctx.db, id)
}

/** The stages of the merged deal stay its own: mixed into the other's, no time in a stage would be right. */
async function tellWay(ctx: Ctx, kept: MergeRow, merged: MergeRow): Promise<string> {
  const way = await readWay(ctx.db, merged.id)
  const body = [`Merged with “${merged.row.title}”, which went this way:`, ...way].join('\n')
  return insertNote(ctx.db, { dealId: kept.id, body, authorId: memberIdOf(ctx.actor), now: ctx.now() })
}

/** What belongs to the merged record goes to the kept one. */
async function moveAll(ctx: Ctx, kind: MergeKind, kept: MergeRow, merged: MergeRow) {
  const moved = await moveLinks(ctx.db, kind, merged.id, kept.id)
  const former = kind === 'deal' ? merged.row.contact_id : null
  if (typeof former === 'string') moved.added = await addFormerContact(ctx.db, kept.id, former)
  return { moved, noteId: kind === 'deal' ? await tellWay(ctx, kept, merged) : null }
}

export function announceMerge(
  ctx: Ctx,
  {
    kind,
    keptId,
    mergedId,
    version,
    undone,
  }: Pick<MergeView, 'kind' | 'keptId' | 'mergedId'> & { version: number; undone?: number },
): void {
  if (kind === 'company') for (const companyId of [keptId, mergedId]) emit(ctx, 'company.changed', { companyId })
  if (kind === 'contact') for (const contactId of [keptId, mergedId]) emit(ctx, 'contact.changed', { contactId })
  if (kind !== 'deal') return
  emit(ctx, 'deal.updated', { dealId: keptId, version })
  if (undone === undefined) emit(ctx, 'deal.deleted', { dealId: mergedId })
  else emit(ctx, 'deal.restored', { dealId: mergedId, version: undone })
}

/**
 * Merges one record into another. What the kept one lacks it gets; lists are joined; all that pointed at the other
 * points at it; the other goes into the trash.
 * @throws AppError not_found, also for one that somebody else has just merged; conflict when something stands on it;
 * validation_failed
 */
export function mergeRecords(ctx: Ctx, wish: MergeRecords): Promise<MergeView> {
  const { kind, take } = wish
  return ctx.db.transaction(async () => {
    const { kept, merged } = await bothOf(ctx, wish, lockRows)
    const [obstacle] = await obstaclesOf(ctx, wish)
    if (obstacle) throw new AppError('conflict', { message: obstacle })
    const [wrong] = notAChoice(kind, kept.row, merged.row, take)
    if (wrong) throw invalid({ path: 'body.take', message: `${wrong} is no choice between these two` })
    const now = ctx.now()
    const gone = { at: now, by: ctx.actor.id, updatedAt: now.toISOString() }
    // First, so that its domain or e-mail is free for the other.
    const mergedVersion = await setDeleted(ctx.db, kind, merged.id, gone)
    const row = { ...mergedRow(kind, { kept: kept.row, merged: merged.row, take, now }), updated_at: now.toISOString() }
    const taken = () => new AppError('conflict', { message: 'A third record has taken a domain or e-mail of these.' })
    const version = await unlessTaken(writeRow(ctx.db, kind, kept.id, row), taken)
    const { moved, noteId } = await moveAll(ctx, kind, kept, merged)
    await rescore(ctx, kind, kept.id)
    dealsChanged(ctx)
    const before = { kept: kept.row, merged: merged.row, mergedVersion, moved, noteId }
    const ids = { kind, keptId: kept.id, mergedId: merged.id }
    const merge = await insertMerge(ctx.db, { ...ids, version, before, actorId: ctx.actor.id })
    const told = { mergeId: merge.id, mergedId: merged.id, take }
    audit(ctx, { action: `${kind}.merged`, subject: kind, subjectId: kept.id, before: kept.row, after: told })
    announceMerge(ctx, { ...ids, version })
    return merge
  })
}
