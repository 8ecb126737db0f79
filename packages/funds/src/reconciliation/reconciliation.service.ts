// What people and the clock do with reconciliations: start one, look at its report, say who looks after a break.
import { audit, isActiveMember } from '@throughline/accounts'
import {
  AppError,
  type ListReconciliationBreaks,
  type Page,
  type PageQuery,
  type ReconciliationBreakView,
  type ReconciliationCheck,
  type ReconciliationRunView,
  type UpdateReconciliationBreak,
} from '@throughline/contracts'
import { asIs, type Ctx, toPage } from '@throughline/db'
import { type Committed, enqueue, type RunningJob } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import { fundToRead, holdFund } from '../books/index.ts'
import { dayIn } from '../calendar-days.ts'
import { refused } from '../refused.ts'
import type { CheckResult } from './check.repo.ts'
import { compareFund, compareFundAsOf } from './reconcile.ts'
import { reconcileFundJob } from './reconciliation.jobs.ts'
import {
  endRun,
  findBreak,
  findBreaks,
  findRun,
  findRuns,
  insertRun,
  keepBreaks,
  writeBreak,
} from './reconciliation.repo.ts'

/** @throws AppError not_found, also for another tenant's */
export async function getReconciliation(ctx: Ctx, runId: string): Promise<ReconciliationRunView> {
  const run = await findRun(ctx.db, runId)
  if (!run) throw new AppError('not_found', { message: 'There is no such reconciliation.' })
  return run
}

/** Newest first. @throws AppError not_found for the fund */
export async function listReconciliations(
  ctx: Ctx,
  fundId: string,
  query: PageQuery,
): Promise<Page<ReconciliationRunView>> {
  await fundToRead(ctx, fundId)
  return toPage(await findRuns(ctx.db, fundId, query), query.limit, ({ id }) => [id], asIs)
}

/** Open or resolved ones, newest first. @throws AppError not_found for the fund */
export async function listBreaks(
  ctx: Ctx,
  fundId: string,
  query: ListReconciliationBreaks,
): Promise<Page<ReconciliationBreakView>> {
  await fundToRead(ctx, fundId)
  return toPage(await findBreaks(ctx.db, fundId, query), query.limit, ({ id }) => [id], asIs)
}

/** @throws AppError not_found, also for another tenant's */
export async function getBreak(ctx: Ctx, breakId: string): Promise<ReconciliationBreakView> {
  const found = await findBreak(ctx.db, breakId)
  if (!found) throw new AppError('not_found', { message: 'There is no such break.' })
  return found
}

/**
 * Asks for a reconciliation of a day, today by default. Run again for the same data, it says the same; of an earlier day also after more
 * has happened since.
 * @throws AppError not_found; unprocessable for a day to come
 */
export function requestReconciliation(
  ctx: Ctx,
  fundId: string,
  { asOf }: { asOf?: string | undefined },
): Promise<ReconciliationRunView> {
  return ctx.db.transaction(async () => {
    const fund = await fundToRead(ctx, fundId)
    const today = dayIn(fund.timeZone, ctx.now())
    if (asOf !== undefined && asOf > today) throw refused(`In the zone of the fund it is ${today}.`, { today })
    const runId = await insertRun(ctx, { fundId, asOf: asOf ?? today, nightly: false })
    if (!runId) throw new Error('only nights are started once')
    await enqueue(ctx, reconcileFundJob, { runId })
    audit(ctx, {
      action: 'reconciliation.requested',
      subject: 'reconciliation_run',
      subjectId: runId,
      after: { fundId },
    })
    emit(ctx, 'reconciliation.changed', { fundId, runId, breakId: null })
    return getReconciliation(ctx, runId)
  })
}

const checkOf = ({ comparison, basis, compared, breakCount }: CheckResult): ReconciliationCheck => ({
  comparison,
  basis,
  compared,
  breaks: breakCount,
})

/** Job: compares, keeps breaks and report, in one transaction that holds the fund: nothing moves while it is compared. */
export async function reconcileFund(job: RunningJob<{ runId: string }>): Promise<Committed> {
  const { ctx, data } = job
  return job.commit(async () => {
    const run = await findRun(ctx.db, data.runId)
    if (run?.state !== 'RUNNING') return { state: run?.state ?? 'GONE' }
    const fund = await holdFund(ctx, run.fundId)
    // A night is of the day on which it began; what a person asks for may be of a day that was over then.
    const isPast = !run.nightly && run.asOf < dayIn(fund.timeZone, new Date(run.startedAt))
    const results = isPast ? await compareFundAsOf(ctx, { ...fund, asOf: run.asOf }) : await compareFund(ctx, fund)
    await keepBreaks(ctx, { ...run, isPast }, results)
    const breaks = results.reduce((sum, { breakCount }) => sum + breakCount, 0)
    const state = breaks === 0 ? 'CLEAN' : 'BROKEN'
    await endRun(ctx, data.runId, { state, checks: results.map(checkOf) })
    audit(ctx, {
      action: 'reconciliation.finished',
      subject: 'reconciliation_run',
      subjectId: data.runId,
      after: { fundId: fund.id, asOf: run.asOf, state, breaks },
    })
    emit(ctx, 'reconciliation.changed', { fundId: fund.id, runId: data.runId, breakId: null })
    return { state, breaks }
  })
}

/** A comparison that did not end is told of in its report. Inside a transaction. */
export async function failReconciliation(ctx: Ctx, runId: string): Promise<void> {
  const run = await findRun(ctx.db, runId)
  const error = 'The comparison did not end. Run it again.'
  if (run && (await endRun(ctx, runId, { state: 'FAILED', checks: [], error })) > 0)
    emit(ctx, 'reconciliation.changed', { fundId: run.fundId, runId, breakId: null })
}

/**
 * Says who looks after a break, and what is known of it.
 * @throws AppError not_found; stale_version; unprocessable for somebody who is no member
 */
export function updateBreak(
  ctx: Ctx,
  breakId: string,
  input: Omit<UpdateReconciliationBreak, 'version'>,
  version: number | undefined,
): Promise<ReconciliationBreakView> {
  return ctx.db.transaction(async () => {
    const before = await getBreak(ctx, breakId)
    const beforeOwner = before.owner?.id ?? null
    const after = { ownerId: beforeOwner, note: before.note, ...input }
    if (after.ownerId !== null && after.ownerId !== beforeOwner && !(await isActiveMember(ctx.db, after.ownerId)))
      throw refused('There is no such member.', { ownerId: after.ownerId })
    if ((await writeBreak(ctx.db, { id: breakId, version: version ?? before.version }, after)) === 0)
      throw new AppError('stale_version', { details: { currentVersion: (await getBreak(ctx, breakId)).version } })
    audit(ctx, {
      action: 'reconciliation_break.updated',
      subject: 'reconciliation_break',
      subjectId: breakId,
      before: { ownerId: beforeOwner, note: before.note },
      after,
    })
    emit(ctx, 'reconciliation.changed', { fundId: before.fundId, runId: null, breakId })
    return getBreak(ctx, breakId)
  })
}

/** The comparison of a night, once a fund and day. Inside a transaction. @returns whether it was not begun before */
export async function beginNight(ctx: Ctx, fundId: string, day: string): Promise<boolean> {
  const runId = await insertRun(ctx, { fundId, asOf: day, nightly: true })
  if (!runId) return false
  await enqueue(ctx, reconcileFundJob, { runId })
  emit(ctx, 'reconciliation.changed', { fundId, runId, breakId: null })
  return true
}

/** A night on which nobody compared anything stands among the reports. Inside a transaction. */
export const noteMissedNight = (ctx: Ctx, fundId: string, day: string): Promise<string | undefined> =>
  insertRun(ctx, { fundId, asOf: day, nightly: true, error: 'This night was missed: no worker was there to begin it.' })
