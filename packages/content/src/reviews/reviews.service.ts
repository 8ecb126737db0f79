// Reviewers serve many firms: claim the next draft, read it beside its brief, decide.
import { audit } from '@throughline/accounts'
import {
  AppError,
  type DecisionKind,
  instant,
  type Page,
  type PageQuery,
  type QueueItem,
  type ReviewView,
  reviewView,
} from '@throughline/contracts'
import { asIs, type Ctx, decodeCursor, type PlatformCtx, tenantCtx, toPage } from '@throughline/db'
import { emit } from '@throughline/realtime'
import * as z from 'zod'
import { findDraft, holdActivity, type LockedActivity, startRevision, takeStep } from '../activities/index.ts'
import {
  claimOne,
  type DecidedRow,
  extendClaim,
  findReview,
  findTenantOf,
  insertDecision,
  readDecided,
  readQueue,
  readStatistics,
} from './reviews.repo.ts'

const gone = () => new AppError('not_found', { message: 'There is no such draft.' })
const cursorShape = z.tuple([instant, z.uuid()])

const reviewerOf = ({ actor }: Pick<PlatformCtx, 'actor'>): string => {
  if (!actor.id) throw new Error('a review is done by a person')
  return actor.id
}

/** The firm that a draft is of, for routes that decide about it. @throws AppError not_found */
export async function findReviewTenant({ db }: Pick<PlatformCtx, 'db'>, activityId: string): Promise<string> {
  const found = await findTenantOf(db, activityId)
  if (!found) throw gone()
  return found.tenantId
}

/** What waits for a review, oldest first, of all firms. */
export async function listQueue({ db }: PlatformCtx, { limit, cursor }: PageQuery): Promise<Page<QueueItem>> {
  const [submittedAt, id] = cursor ? decodeCursor(cursor, cursorShape) : []
  const rows = await readQueue(db, submittedAt && id ? { submittedAt, id } : undefined, limit)
  return toPage(rows, limit, ({ submittedAt, id }) => [submittedAt, id], asIs)
}

export const queueStatistics = (platform: PlatformCtx) => readStatistics(platform.db, reviewerOf(platform))

/** What this reviewer has decided, newest first. */
export async function listHistory(platform: PlatformCtx, { limit, cursor }: PageQuery): Promise<Page<DecidedRow>> {
  const [at, id] = cursor ? decodeCursor(cursor, cursorShape) : []
  const rows = await readDecided(platform.db, reviewerOf(platform), at && id ? { at, id } : undefined, limit)
  return toPage(rows, limit, ({ createdAt, id }) => [createdAt, id], asIs)
}

/** A draft with everything that a decision needs. @throws AppError not_found */
export async function getReview(platform: PlatformCtx, activityId: string): Promise<ReviewView> {
  const tenantId = await findReviewTenant(platform, activityId)
  const review = await findReview(platform.db, { tenantId, activityId }, reviewerOf(platform))
  if (!review || review.versions.length === 0) throw gone()
  return reviewView.parse(review)
}

const ctxIn = ({ database, actor, requestId, traceparent, log, now }: PlatformCtx, tenantId: string): Ctx =>
  tenantCtx(database, { tenantId, actor, requestId, traceparent, log, now })

/**
 * Claims the next draft for five minutes. Calling it again while a claim holds gives the same draft.
 * @returns null when nothing waits
 */
export async function claimNext(platform: PlatformCtx): Promise<ReviewView | null> {
  const claimed = await claimOne(platform.db, reviewerOf(platform))
  if (!claimed) return null
  const { tenantId, id: activityId, version, again } = claimed
  if (!again) {
    const ctx = ctxIn(platform, tenantId)
    // The claim commits with the platform's transaction; that it was made known is a second, smaller one after it.
    const announce = () =>
      ctx.db.transaction(async () => {
        audit(ctx, { action: 'review.claimed', subject: 'activity', subjectId: activityId })
        emit(ctx, 'activity.changed', { activityId, state: 'IN_REVIEW', version })
      })
    if (platform.db.inTransaction()) platform.db.afterCommit(announce)
    else await announce()
  }
  return getReview(platform, activityId)
}

/** @throws AppError lease_lost when the claim has ended, illegal_transition when the draft is not under review */
function checkClaim(activity: LockedActivity, reviewerId: string, { claimToken }: { claimToken: string }): void {
  if (activity.state !== 'IN_REVIEW' && activity.state !== 'PENDING_REVIEW')
    throw new AppError('illegal_transition', { details: { from: activity.state } })
  const holds = activity.claimLive && activity.claimedById === reviewerId && activity.claimToken === claimToken
  if (!holds) throw new AppError('lease_lost')
}

interface Decision {
  claimToken: string
  versionNumber: number
}

/** One decision about one version, by whoever holds the claim; the activity stays locked until it commits. */
const decide = (ctx: Ctx, activityId: string, input: Decision & { kind: DecisionKind; notes: string | null }) =>
  ctx.db.transaction(async () => {
    const reviewerId = reviewerOf(ctx)
    const activity = await holdActivity(ctx, activityId)
    checkClaim(activity, reviewerId, input)
    if (activity.currentVersion !== input.versionNumber)
      throw new AppError('stale_version', { message: 'There is a newer draft than the one you have read.' })
    const draft = await findDraft(ctx.db, ctx.tenantId, activityId, input.versionNumber)
    if (!draft) throw gone()
    const { kind, notes } = input
    await insertDecision(ctx.db, ctx.tenantId, { activityId, versionId: draft.id, kind, reviewerId, notes })
    audit(ctx, {
      action: `review.${kind.toLowerCase()}`,
      subject: 'activity',
      subjectId: activityId,
      after: { version: input.versionNumber, notes },
    })
    return activity
  })

/** The draft may be published. @throws AppError lease_lost, stale_version, illegal_transition */
export const approveDraft = (ctx: Ctx, activityId: string, input: Decision): Promise<void> =>
  ctx.db.transaction(async () => {
    const activity = await decide(ctx, activityId, { ...input, kind: 'APPROVE', notes: null })
    await takeStep(ctx, activity, { state: 'APPROVED', lastReviewerId: reviewerOf(ctx) })
  })

/** The draft is not to be published, and why. @throws like approveDraft */
export const rejectDraft = (
  ctx: Ctx,
  activityId: string,
  { reason, ...input }: Decision & { reason: string },
): Promise<void> =>
  ctx.db.transaction(async () => {
    const activity = await decide(ctx, activityId, { ...input, kind: 'REJECT', notes: reason })
    await takeStep(ctx, activity, { state: 'REJECTED', lastReviewerId: reviewerOf(ctx) })
  })

/** Back to the writer with notes; the next version comes to the same reviewer first. @throws like approveDraft */
export const requestRevision = (
  ctx: Ctx,
  activityId: string,
  { notes, ...input }: Decision & { notes: string },
): Promise<void> =>
  ctx.db.transaction(async () => {
    const activity = await decide(ctx, activityId, { ...input, kind: 'REQUEST_REVISION', notes })
    await takeStep(ctx, activity, { state: 'REVISION_REQUESTED', lastReviewerId: reviewerOf(ctx) })
    await startRevision(ctx, activity, notes)
  })

/** Keeps a claim for five more minutes. @throws AppError lease_lost */
export async function heartbeat(ctx: Ctx, activityId: string, claimToken: string): Promise<{ claimExpiresAt: string }> {
  const extended = await extendClaim(ctx.db, activityId, reviewerOf(ctx), claimToken)
  if (!extended) throw new AppError('lease_lost')
  return { claimExpiresAt: extended.claimExpiresAt.toISOString() }
}

/** Gives a draft back to the queue. @throws AppError lease_lost */
export const releaseClaim = (ctx: Ctx, activityId: string, claimToken: string): Promise<void> =>
  ctx.db.transaction(async () => {
    const activity = await holdActivity(ctx, activityId)
    checkClaim(activity, reviewerOf(ctx), { claimToken })
    await takeStep(ctx, activity, { state: 'PENDING_REVIEW' })
    audit(ctx, { action: 'review.released', subject: 'activity', subjectId: activityId })
  })
