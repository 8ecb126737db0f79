// Jobs: a row per investor and batches of them, then document by document. Each document commits by itself together with
// what follows from it, so that a batch that is taken up again goes on where it was.
import type { Encryption } from '@throughline/accounts'
import { AppError } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { type Committed, enqueue, type RunningJob } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import type { Storage } from '@throughline/storage'
import type * as z from 'zod'
import { documentMailJob } from '../portal/portal.jobs.ts'
import { type NoticeSubject, renderNoticeBatchJob, type renderNoticesJob } from './documents.jobs.ts'
import { addNotices, markFailed, markReady } from './documents.repo.ts'
import { dropPaper, keepFiles, storePaper } from './keep-papers.ts'
import { callNotices, distributionNotices, type NoticeOfBatch } from './notice-batch.ts'
import { readCall, readDistribution } from './notices.repo.ts'

export interface PaperTools {
  storage: Storage
  encryption: Encryption
}

/** Small enough that several workers share a call of thousands, large enough that reading the call is no part of it. */
const batchSize = 100
const issuedCalls: ReadonlySet<string> = new Set(['ISSUED', 'CLOSED'])
const declaredDistributions: ReadonlySet<string> = new Set(['DECLARED', 'PAID'])
const kindOf = { capital_call: 'CALL_NOTICE', distribution: 'DISTRIBUTION_NOTICE' } as const

async function subjectOf({ db }: Ctx, subject: NoticeSubject, id: string) {
  const found = subject === 'capital_call' ? await readCall(db, id) : await readDistribution(db, id)
  // A draft is invisible to investors, and what was called off meanwhile needs no notice.
  const open = subject === 'capital_call' ? issuedCalls : declaredDistributions
  return found && open.has(found.state) ? found : undefined
}

/** Job: rows and batches of them, in one transaction. */
export async function renderNotices(
  job: RunningJob<z.infer<(typeof renderNoticesJob)['payload']>>,
): Promise<Committed> {
  const { ctx, data } = job
  const { subject, subjectId } = data
  return job.commit(async () => {
    const about = await subjectOf(ctx, subject, subjectId)
    if (!about) return { documents: 0 }
    const documentIds = await addNotices(ctx.db, kindOf[subject], {
      fundId: about.fundId,
      subjectId,
      name: about.title,
    })
    for (let start = 0; start < documentIds.length; start += batchSize)
      await enqueue(ctx, renderNoticeBatchJob, {
        subject,
        subjectId,
        documentIds: documentIds.slice(start, start + batchSize),
      })
    return { documents: documentIds.length }
  })
}

type BatchJob = RunningJob<z.infer<(typeof renderNoticeBatchJob)['payload']>>

async function makeOne(job: BatchJob, { storage }: PaperTools, fundId: string, notice: NoticeOfBatch): Promise<void> {
  const { ctx, data } = job
  const { documentId, name } = notice
  let written: ReturnType<NoticeOfBatch['write']>
  try {
    written = notice.write()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await job.step(() => failDocuments(ctx, [documentId], error.message))
    return
  }
  const { paper, totals } = written
  const place = { of: documentId, jobId: job.jobId, fundId, subject: data.subjectId, revision: 1 }
  const stored = await storePaper(ctx, storage, { ...place, name, paper, totals })
  const isMine = await job.step(async () => {
    const files = await keepFiles(ctx, stored)
    const ready = await markReady(ctx.db, documentId, files, totals, ctx.now())
    if (!ready) return false
    await enqueue(ctx, documentMailJob, { documentId })
    emit(ctx, 'fund_document.changed', { fundId, documentId, state: 'READY' })
    return true
  })
  if (!isMine) await dropPaper(storage, stored)
}

/** Job: the notices of a batch that are not there yet. */
export async function renderNoticeBatch(job: BatchJob, tools: PaperTools): Promise<Committed> {
  const { ctx, data, signal } = job
  const { subject, subjectId, documentIds } = data
  const about = await subjectOf(ctx, subject, subjectId)
  if (!about) return job.commit(async () => ({ documents: 0 }))
  const notices =
    subject === 'capital_call'
      ? await callNotices(ctx, subjectId, documentIds, tools.encryption)
      : await distributionNotices(ctx, subjectId, documentIds)
  const before = documentIds.length - notices.length
  for (const [index, notice] of notices.entries()) {
    signal.throwIfAborted()
    await makeOne(job, tools, about.fundId, notice)
    await job.progress({ done: before + index + 1, total: documentIds.length, step: 'notices' })
  }
  return job.commit(async () => ({ documents: notices.length }))
}

/** Says of documents that they could not be made. */
export async function failDocuments(ctx: Ctx, documentIds: readonly string[], error: string): Promise<void> {
  for (const { id, fundId } of await markFailed(ctx.db, documentIds, error))
    emit(ctx, 'fund_document.changed', { fundId, documentId: id, state: 'FAILED' })
}
