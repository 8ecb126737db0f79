// What a firm does with its content: ask for it, look at it, try again, call it off.
import { audit } from '@throughline/accounts'
import {
  type ActivityState,
  type ActivitySummary,
  type ActivityView,
  AppError,
  activityView,
  instant,
  type Page,
  type PageQuery,
  type RequestBlogPost,
} from '@throughline/contracts'
import { asIs, type Ctx, decodeCursor, toPage } from '@throughline/db'
import { cancelJob, enqueue } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import * as z from 'zod'
import { blogWriterJob } from './activities.jobs.ts'
import {
  findActivity,
  insertActivity,
  type LockedActivity,
  lockActivity,
  readActivities,
  type StateChange,
  setJob,
  writeState,
} from './activities.repo.ts'
import { checkStep } from './activities.rules.ts'

const gone = () => new AppError('not_found', { message: 'There is no such activity.' })

/** @throws AppError not_found, also for another tenant's activity */
export async function getActivity(ctx: Ctx, activityId: string): Promise<ActivityView> {
  const activity = await findActivity(ctx.db, activityId)
  if (!activity) throw gone()
  return activityView.parse(activity)
}

const cursorShape = z.tuple([instant, z.uuid()])

/** Newest first. */
export async function listActivities(
  ctx: Ctx,
  { limit, cursor, state }: PageQuery & { state?: ActivityState[] },
): Promise<Page<ActivitySummary>> {
  const [createdAt, id] = cursor ? decodeCursor(cursor, cursorShape) : []
  const after = createdAt && id ? { createdAt, id } : undefined
  const rows = await readActivities(ctx.db, { states: state, after, limit })
  return toPage(rows, limit, ({ createdAt, id }) => [createdAt, id], asIs)
}

/** Holds the activity for the rest of the transaction. @throws AppError not_found */
export async function holdActivity(ctx: Ctx, activityId: string): Promise<LockedActivity> {
  const activity = await lockActivity(ctx.db, activityId)
  if (!activity) throw gone()
  return activity
}

/** Takes a step of the activity's life and tells everybody who is looking. @throws AppError illegal_transition */
export async function takeStep(
  ctx: Ctx,
  activity: Pick<LockedActivity, 'id' | 'state'>,
  change: StateChange,
): Promise<void> {
  checkStep(activity.state, change.state)
  const version = await writeState(ctx.db, activity.id, change)
  emit(ctx, 'activity.changed', { activityId: activity.id, state: change.state, version })
}

async function startWriter(ctx: Ctx, activityId: string, version: number, notes: string | null): Promise<string> {
  // A fresh id each time: a revision always runs.
  const jobId = await enqueue(ctx, blogWriterJob, { activityId, version, notes })
  await setJob(ctx.db, activityId, jobId)
  return jobId
}

/** Hands a draft back to its writer with a reviewer's notes. In the transaction of the decision. */
export const startRevision = (ctx: Ctx, { id, currentVersion }: LockedActivity, notes: string): Promise<string> =>
  startWriter(ctx, id, currentVersion + 1, notes)

const summaryOf = async (ctx: Ctx, activityId: string): Promise<ActivitySummary> => {
  const {
    versions: _versions,
    decisions: _decisions,
    brandVoice: _voice,
    requestedBy: _by,
    ...summary
  } = await getActivity(ctx, activityId)
  return summary
}

/** Asks for a blog post. The activity, its job, the event and the audit row exist together or not at all. */
export const requestBlogPost = (
  ctx: Ctx,
  input: RequestBlogPost,
): Promise<{ activity: ActivitySummary; jobId: string }> =>
  ctx.db.transaction(async () => {
    const requestedById = ctx.actor.id
    if (!requestedById) throw new Error('a blog post is asked for by a member')
    const activityId = await insertActivity(ctx.db, { ...input, requestedById })
    const jobId = await startWriter(ctx, activityId, 1, null)
    audit(ctx, { action: 'activity.requested', subject: 'activity', subjectId: activityId, after: input })
    emit(ctx, 'activity.changed', { activityId, state: 'QUEUED', version: 1 })
    return { activity: await summaryOf(ctx, activityId), jobId }
  })

/** Lets the writer try again after it had given up. @throws AppError illegal_transition */
export const retryActivity = (ctx: Ctx, activityId: string): Promise<{ activity: ActivitySummary; jobId: string }> =>
  ctx.db.transaction(async () => {
    const activity = await holdActivity(ctx, activityId)
    await takeStep(ctx, activity, { state: 'QUEUED' })
    const { decisions } = await getActivity(ctx, activityId)
    const notes = decisions.findLast(({ kind }) => kind === 'REQUEST_REVISION')?.notes ?? null
    const jobId = await startWriter(ctx, activityId, activity.currentVersion + 1, notes)
    audit(ctx, { action: 'activity.retried', subject: 'activity', subjectId: activityId })
    return { activity: await summaryOf(ctx, activityId), jobId }
  })

/** Calls an activity off; what the writer is doing at that moment is thrown away. @throws AppError illegal_transition */
export const cancelActivity = (ctx: Ctx, activityId: string): Promise<ActivitySummary> =>
  ctx.db.transaction(async () => {
    const activity = await holdActivity(ctx, activityId)
    await takeStep(ctx, activity, { state: 'CANCELLED' })
    if (activity.jobId) await cancelJob(ctx, activity.jobId)
    audit(ctx, { action: 'activity.cancelled', subject: 'activity', subjectId: activityId })
    return summaryOf(ctx, activityId)
  })
