// A merge is taken back: exactly, or not at all and with the reasons.
import { audit } from '@throughline/accounts'
import { AppError, type MergeView } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { unlessTaken } from '../records/index.ts'
import { dealsChanged } from '../statistics/index.ts'
import { moveBack } from './links.repo.ts'
import { lockRows, type MergeRow, setDeleted, writeRow } from './merge-rows.repo.ts'
import { lockMerge, markUndone, removeNote, type StoredMerge } from './merges.repo.ts'
import { announceMerge, rescore } from './merges.service.ts'

const refused = (reasons: readonly string[]) =>
  new AppError('conflict', { message: `This merge cannot be undone: ${reasons.join('; ')}.`, details: { reasons } })

/** What has happened to the two since. */
function changesSince({ version, before }: StoredMerge, kept: MergeRow | undefined, merged: MergeRow | undefined) {
  const reasons: string[] = []
  if (!kept || kept.deleted) reasons.push('the record that was kept has been deleted')
  else if (kept.version !== version) reasons.push('the record that was kept has been changed')
  if (!merged) reasons.push('the other record has been removed for good')
  else if (!merged.deleted) reasons.push('the other record has been restored')
  else if (merged.version !== before.mergedVersion) reasons.push('the other record has been changed')
  return reasons
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/**
 * Takes a merge back: both records and all that pointed at them are as they were. Only the versions go on, so that an
 * edit that began in between is refused.
 * @throws AppError not_found; conflict with `reasons` when something has changed since
 */
export function undoMerge(ctx: Ctx, mergeId: string): Promise<MergeView> {
  return ctx.db.transaction(async () => {
    const merge = await lockMerge(ctx.db, mergeId)
    if (!merge) throw new AppError('not_found', { message: 'There is no such merge.' })
    if (merge.undoneAt) throw refused(['it has been undone already'])
    const { kind, keptId, mergedId, before } = merge
    const rows = await lockRows(ctx.db, kind, [keptId, mergedId])
    const [kept, merged] = [keptId, mergedId].map((id) => rows.find((row) => row.id === id))
    const reasons = changesSince(merge, kept, merged)
    if (reasons.length > 0) throw refused(reasons)
    const taken = () => refused(['another record has its domain or e-mail by now'])
    const version = await unlessTaken(writeRow(ctx.db, kind, keptId, before.kept), taken)
    const back = { at: null, by: null, updatedAt: textOf(before.merged.updated_at) }
    const undone = await unlessTaken(setDeleted(ctx.db, kind, mergedId, back), taken)
    const lost = await moveBack(ctx.db, kind, { was: before.moved, from: keptId, to: mergedId })
    if (lost > 0) throw refused([`${lost} of the rows that moved are gone or belong to another record by now`])
    if (before.noteId && !(await removeNote(ctx.db, before.noteId)))
      throw refused(['the note of the merge has been changed'])
    for (const id of [keptId, mergedId]) await rescore(ctx, kind, id)
    dealsChanged(ctx)
    audit(ctx, { action: `${kind}.merge_undone`, subject: kind, subjectId: keptId, after: { mergeId, mergedId } })
    announceMerge(ctx, { kind, keptId, mergedId, version, undone })
    return markUndone(ctx.db, mergeId, ctx.now())
  })
}
