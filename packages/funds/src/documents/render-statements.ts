// Jobs: capital account statements. An old one is never overwritten, and one that would say the same again is not made.
import { createHash, randomUUIDv7 } from 'node:crypto'
import { AppError } from '@throughline/contracts'
import { type Committed, enqueue, type RunningJob } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import type * as z from 'zod'
import { fundToRead } from '../books/index.ts'
import { documentMailJob } from '../portal/portal.jobs.ts'
import { renderStatementBatchJob, type renderStatementsJob } from './documents.jobs.ts'
import { insertReady, type LatestRevision, readLatest } from './documents.repo.ts'
import { dropPaper, jsonOf, keepFiles, storePaper } from './keep-papers.ts'
import type { PaperTools } from './render-notices.ts'
import { quarterOf, statementPaper, statementRecords, statementTotals } from './statement.rules.ts'
import { type StatementOf, statementsOf } from './statement-batch.ts'
import { readInvestors } from './statements.repo.ts'

const batchSize = 100

/** Job: the batches of a quarter. */
export async function renderStatements(
  job: RunningJob<z.infer<(typeof renderStatementsJob)['payload']>>,
): Promise<Committed> {
  const { ctx, data } = job
  const { fundId, period, notify } = data
  return job.commit(async () => {
    const fund = await fundToRead(ctx, fundId)
    const investorIds = (await readInvestors(ctx.db, fund.id, quarterOf(period).lastDay)).map(({ id }) => id)
    for (let start = 0; start < investorIds.length; start += batchSize)
      await enqueue(ctx, renderStatementBatchJob, {
        fundId,
        period,
        notify,
        investorIds: investorIds.slice(start, start + batchSize),
      })
    return { investors: investorIds.length }
  })
}

type BatchJob = RunningJob<z.infer<(typeof renderStatementBatchJob)['payload']>>

/** @returns whether there was something new to say */
async function makeOne(
  job: BatchJob,
  { storage }: PaperTools,
  statement: StatementOf,
  latest: LatestRevision | undefined,
): Promise<boolean> {
  const { ctx, data } = job
  const { fundId, period } = data
  const { investorId, code, figures } = statement
  const totals = statementTotals(figures)
  const sha256 = createHash('sha256').update(jsonOf({ totals, figures })).digest('hex')
  if (latest?.figures === sha256) return false
  const revision = (latest?.revision ?? 0) + 1
  const documentId = randomUUIDv7()
  const place = { of: investorId, jobId: job.jobId, fundId, subject: period, revision }
  const name = `Statement ${period} ${code}${revision > 1 ? ` r${revision}` : ''}`
  const paper = statementPaper(figures, { ...statement, revision })
  const records = statementRecords(figures)
  const stored = await storePaper(ctx, storage, { ...place, name, paper, totals, figures, records })
  const isMine = await job
    .step(async () => {
      const files = await keepFiles(ctx, stored)
      const row = {
        id: documentId,
        fundId,
        investorId,
        dealId: null,
        kind: 'STATEMENT' as const,
        subject: period,
        revision,
      }
      const added = await insertReady(ctx.db, { ...row, name, totals, createdById: ctx.actor.id, ...files }, ctx.now())
      // Another job about the same quarter was quicker: everything of this step goes back.
      if (!added) throw new AppError('conflict', { message: 'The statement was made meanwhile.' })
      if (data.notify) await enqueue(ctx, documentMailJob, { documentId })
      emit(ctx, 'fund_document.changed', { fundId, documentId, state: 'READY' })
      return true
    })
    .catch(async (error: unknown) => {
      await dropPaper(storage, stored)
      if (error instanceof AppError && error.code === 'conflict') return false
      throw error
    })
  return isMine
}

/** Job: the statements of a batch, those that say something new. */
export async function renderStatementBatch(job: BatchJob, tools: PaperTools): Promise<Committed> {
  const { ctx, data, signal } = job
  const { fundId, period, investorIds } = data
  const statements = await statementsOf(ctx, fundId, period, investorIds)
  const latest = new Map(
    (await readLatest(ctx.db, fundId, 'STATEMENT', period, investorIds)).map((each) => [each.investorId, each]),
  )
  let made = 0
  for (const [index, statement] of statements.entries()) {
    signal.throwIfAborted()
    if (await makeOne(job, tools, statement, latest.get(statement.investorId))) made += 1
    await job.progress({ done: index + 1, total: statements.length, step: 'statements' })
  }
  return job.commit(async () => ({ made, unchanged: statements.length - made }))
}
