// Use cases of timelines. Every write: right, row, engagement of the deal, audit and events in one transaction.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type CreateDealEntry,
  type CreateEntry,
  type TimelineEntry,
  type UpdateEntry,
} from '@throughline/contracts'
import { type Ctx, memberIdOf } from '@throughline/db'
import { emit } from '@throughline/realtime'
import { mayChange } from '../deals/index.ts'
import { invalid } from '../invalid.ts'
import { dealsChanged } from '../statistics/index.ts'
import { ownDealsOnly } from '../visibility.ts'
import { changeEngagement, type EngagementChange, refreshScores, type SeenSignal } from './engagement.repo.ts'
import { nothing, shown } from './read-timeline.ts'
import {
  type EntryRow,
  findEntry,
  insertEntry,
  lockEntry,
  lockSubject,
  markEntry,
  writeEntry,
} from './timeline.repo.ts'
import { checkChangesEntry, pointsOf, type Subject, timeIssue } from './timeline.rules.ts'

const subjectOf = ({ dealId, companyId, contactId }: EntryRow): Subject => {
  if (dealId !== null) return { kind: 'deal', id: dealId }
  if (companyId !== null) return { kind: 'company', id: companyId }
  if (contactId !== null) return { kind: 'contact', id: contactId }
  throw new Error('an entry stands on something: the table says so')
}

/** Says what the transaction has changed: the timeline, and the deal when a signal has. */
async function announce(ctx: Ctx, subject: Subject, change: EngagementChange | undefined): Promise<void> {
  const ids = { dealId: null, companyId: null, contactId: null, [`${subject.kind}Id`]: subject.id }
  emit(ctx, 'timeline.changed', ids)
  if (!change) return
  const version = await changeEngagement(ctx.db, subject.id, change, ctx.now())
  emit(ctx, 'deal.updated', { dealId: subject.id, version })
  dealsChanged(ctx)
}

const seenIn = ({ signal, points, happenedAt }: Pick<EntryRow, 'signal' | 'points' | 'happenedAt'>) =>
  signal === null ? undefined : ({ signal, points, at: happenedAt } satisfies SeenSignal)

function timeOf(given: string | undefined, now: Date): Date {
  const at = given === undefined ? now : new Date(given)
  const issue = timeIssue(at, now)
  if (issue) throw invalid(issue)
  return at
}

/**
 * Writes on a timeline. A signal changes the deal's engagement in the same transaction.
 * @throws AppError not_found, forbidden, validation_failed
 */
export const addEntry = (ctx: Ctx, subject: Subject, input: CreateEntry | CreateDealEntry): Promise<TimelineEntry> =>
  ctx.db.transaction(async () => {
    const owner = await lockSubject(ctx.db, subject, await ownDealsOnly(ctx))
    if (!owner) throw nothing(subject.kind)
    if (subject.kind === 'deal' && !mayChange(ctx.actor, owner.ownerId))
      throw new AppError('forbidden', { message: 'Members write on deals that are assigned to them only.' })
    const now = ctx.now()
    const signal = 'signal' in input ? input.signal : null
    const entry = {
      ...{ kind: input.kind, body: input.body, signal, points: pointsOf(signal) },
      ...{ authorId: memberIdOf(ctx.actor), happenedAt: timeOf(input.happenedAt, now) },
    }
    const row = await insertEntry(ctx.db, subject, entry, now)
    audit(ctx, { action: 'timeline.added', subject: 'timeline_entry', subjectId: row.id, after: row })
    const given = seenIn(row)
    await announce(ctx, subject, given && { given })
    return shown(ctx, row.id)
  })

/** The entry and what it stands on, held for this transaction. @throws AppError not_found, forbidden, stale_version */
async function entryToChange(
  ctx: Ctx,
  entryId: string,
  version?: number,
): Promise<{ entry: EntryRow; subject: Subject }> {
  const seen = await findEntry(ctx.db, entryId)
  if (!seen) throw nothing('entry')
  const subject = subjectOf(seen)
  const owner = await lockSubject(ctx.db, subject, await ownDealsOnly(ctx))
  const entry = owner && (await lockEntry(ctx.db, entryId))
  if (!entry) throw nothing('entry')
  const rights = { authorId: entry.authorId, ownerId: owner.ownerId, subject: subject.kind }
  checkChangesEntry(ctx.actor, ctx.permissions, rights)
  if (version !== undefined && version !== entry.version)
    throw new AppError('stale_version', { details: { version: entry.version } })
  return { entry, subject }
}

/**
 * Changes the text or the time of an entry; with another time its signal counts from there.
 * @throws AppError not_found, forbidden, stale_version, validation_failed
 */
export const updateEntry = (
  ctx: Ctx,
  entryId: string,
  { version, body, happenedAt }: UpdateEntry,
): Promise<TimelineEntry> =>
  ctx.db.transaction(async () => {
    const { entry, subject } = await entryToChange(ctx, entryId, version)
    if (entry.deletedAt !== null) throw nothing('entry')
    const now = ctx.now()
    const after = { ...entry, body: body ?? entry.body }
    if (happenedAt !== undefined) after.happenedAt = timeOf(happenedAt, now)
    if (entry.kind !== 'SIGNAL' && after.body === '') throw invalid({ path: 'body.body', message: 'is needed' })
    const hasMoved = after.happenedAt.getTime() !== entry.happenedAt.getTime()
    if (after.body === entry.body && !hasMoved) return shown(ctx, entryId)
    await writeEntry(ctx.db, after, now)
    audit(ctx, { action: 'timeline.updated', subject: 'timeline_entry', subjectId: entryId, before: entry, after })
    const [taken, given] = [seenIn(entry), seenIn(after)]
    await announce(ctx, subject, hasMoved && taken && given ? { taken, given } : undefined)
    return shown(ctx, entryId)
  })

/**
 * Removes an entry and takes back what is left of its points. Doing so again changes nothing.
 * @throws AppError not_found, forbidden
 */
export const removeEntry = (ctx: Ctx, entryId: string): Promise<void> =>
  ctx.db.transaction(async () => {
    const { entry, subject } = await entryToChange(ctx, entryId)
    if (entry.deletedAt !== null) return
    await markEntry(ctx.db, entryId, ctx.now())
    audit(ctx, { action: 'timeline.removed', subject: 'timeline_entry', subjectId: entryId, before: entry })
    const taken = seenIn(entry)
    await announce(ctx, subject, taken && { taken })
  })

/** Undoes a removal; the points come back as they count now. @throws AppError not_found, forbidden */
export const restoreEntry = (ctx: Ctx, entryId: string): Promise<TimelineEntry> =>
  ctx.db.transaction(async () => {
    const { entry, subject } = await entryToChange(ctx, entryId)
    if (entry.deletedAt === null) return shown(ctx, entryId)
    await markEntry(ctx.db, entryId, null)
    audit(ctx, { action: 'timeline.restored', subject: 'timeline_entry', subjectId: entryId, after: entry })
    const given = seenIn(entry)
    await announce(ctx, subject, given && { given })
    return shown(ctx, entryId)
  })

/** Writes the scores of a firm's open deals as engagement has cooled down since. @returns how many changed */
export async function coolEngagement(ctx: Ctx): Promise<number> {
  let [after, changed]: [string | null, number] = [null, 0]
  do {
    const { last, written } = await refreshScores(ctx.db, after)
    after = last
    changed += written
  } while (after !== null)
  if (changed > 0) await ctx.db.transaction(async () => dealsChanged(ctx))
  return changed
}
