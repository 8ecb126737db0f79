// What a timeline shows.
import { AppError, type ListTimeline, type Page, type TimelineEntry, type TimelineItem } from '@throughline/contracts'
import { type Ctx, toPage } from '@throughline/db'
import { ownDealsOnly } from '../visibility.ts'
import { mayChangeEntry, type Subject, type SubjectKind } from './timeline.rules.ts'
import { findItem, findTimeline, type ItemRow } from './timeline-page.repo.ts'

/** Also what is of another firm, and what one does not see. */
export const nothing = (kind: string) => new AppError('not_found', { message: `There is no such ${kind}.` })

const commonOf = ({ id, at, authorId, authorName }: ItemRow) => ({
  id,
  at: at.toISOString(),
  author: authorId !== null && authorName !== null ? { id: authorId, name: authorName } : null,
})
/** Which deal it was; on the deal's own timeline that goes without saying. */
const dealOf = (subject: SubjectKind, { dealId, dealTitle }: ItemRow) =>
  subject !== 'deal' && dealId !== null && dealTitle !== null ? { id: dealId, title: dealTitle } : null

function entryOf(ctx: Ctx, subject: SubjectKind, row: ItemRow): TimelineEntry {
  const { authorId, ownerId, kind, body, signal, points, version } = row
  const rights = { authorId, ownerId, subject: row.dealId === null ? subject : 'deal' } as const
  return {
    ...commonOf(row),
    deal: dealOf(subject, row),
    type: 'entry',
    ...{ kind, body, signal, points, version },
    editedAt: row.editedAt?.toISOString() ?? null,
    editable: mayChangeEntry(ctx.actor, ctx.permissions, rights),
  }
}

function toItem(ctx: Ctx, subject: SubjectKind, row: ItemRow): TimelineItem {
  if (row.type === 'entry') return entryOf(ctx, subject, row)
  const { from, to, reason } = row
  return { ...commonOf(row), deal: dealOf(subject, row), type: 'move', from, to, reason }
}

/**
 * What was written on a record and how its deals moved, newest first. A company's and a contact's shows that of its deals
 * too, as far as whoever asks may see them.
 * @throws AppError not_found
 */
export async function listTimeline(
  ctx: Ctx,
  subject: Subject,
  { limit, cursor }: ListTimeline,
): Promise<Page<TimelineItem>> {
  const deals = ctx.permissions.has('deal:read') ? { onlyOwnerId: await ownDealsOnly(ctx) } : undefined
  const rows = await findTimeline(ctx.db, subject, { limit, cursor, deals })
  if (!rows) throw nothing(subject.kind)
  return toPage(
    rows,
    limit,
    ({ at, id }) => [at.toISOString(), id],
    (row) => toItem(ctx, subject.kind, row),
  )
}

/** One entry, as the timeline shows it. @throws AppError not_found */
export async function shown(ctx: Ctx, entryId: string): Promise<TimelineEntry> {
  const row = await findItem(ctx.db, entryId)
  if (!row) throw nothing('entry')
  return entryOf(ctx, row.subject, row)
}
