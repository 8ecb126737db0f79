// What people do with the documents of a deal: look at them, ask for a summary, read it.
import { createHash } from 'node:crypto'
import { audit } from '@throughline/accounts'
import type { DealSummaryView, FundDocumentView, SummaryPassage } from '@throughline/contracts'
import type { Ctx } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import { dealToSee } from '../allocations/index.ts'
import { documentsOfDeal, removedDocuments } from '../documents/index.ts'
import { refused } from '../refused.ts'
import { dealSummaryJob } from './deal-summaries.jobs.ts'
import {
  type DealPaper,
  insertSummary,
  readDealPapers,
  readNewest,
  type SummaryRow,
  setSummaryJob,
} from './deal-summaries.repo.ts'
import { maxDocuments } from './read-document.ts'

/** Who would write: what the installation is set up with. */
export interface Writer {
  provider: string
  model: string | null
}

/** What documents are, in one word: the same files under the same names are the same word. */
export const digestOf = (papers: readonly Pick<DealPaper, 'id' | 'name' | 'sha256'>[]): string =>
  createHash('sha256')
    .update(JSON.stringify(papers.map(({ id, name, sha256 }) => [id, name, sha256]).toSorted()))
    .digest('hex')

/** Newest first. @throws AppError not_found */
export async function listDealDocuments(ctx: Ctx, dealId: string): Promise<{ data: FundDocumentView[] }> {
  await dealToSee(ctx, dealId)
  return { data: await documentsOfDeal(ctx, dealId) }
}

const isOf = (row: Pick<SummaryRow, 'provider' | 'model'>, writer: Writer): boolean =>
  row.provider === writer.provider && row.model === writer.model

/** What is cited, and was taken away since. */
const removedOf = (ctx: Ctx, passages: readonly SummaryPassage[]) =>
  removedDocuments(ctx, [...new Set(passages.map(({ documentId }) => documentId))])

/** The last summary that was made, what has changed since, and the one that is under way. @throws AppError not_found */
export async function getDealSummary(ctx: Ctx, dealId: string, writer: Writer): Promise<DealSummaryView> {
  await dealToSee(ctx, dealId)
  const papers = await readDealPapers(ctx.db, dealId, maxDocuments)
  const rows = await readNewest(ctx.db, dealId)
  const made = rows.find(({ state }) => state === 'READY')
  const attempt = rows.find(({ state }) => state !== 'READY')
  return {
    readable: papers.filter(({ isReadable }) => isReadable).length,
    summary: made?.readyAt
      ? {
          ...made,
          readyAt: made.readyAt,
          removed: await removedOf(ctx, made.passages),
          olderThan: made.inputDigest !== digestOf(papers) ? 'documents' : isOf(made, writer) ? null : 'model',
        }
      : null,
    attempt: attempt && attempt.state !== 'READY' ? { ...attempt, state: attempt.state } : null,
  }
}

/**
 * Asks for a summary. Of the same documents by the same writer there is one: asked again, it is that one.
 * @throws AppError not_found; unprocessable without a document that can be read
 */
export const requestDealSummary = (
  ctx: Ctx,
  dealId: string,
  writer: Writer,
): Promise<{ summaryId: string; jobId: string }> =>
  ctx.db.transaction(async () => {
    await dealToSee(ctx, dealId)
    const papers = await readDealPapers(ctx.db, dealId, maxDocuments)
    if (!papers.some(({ isReadable }) => isReadable))
      throw refused('The deal has no document that can be read: add a PDF or a text first.', {
        documents: papers.length,
      })
    const inputDigest = digestOf(papers)
    const { provider, model } = writer
    const isSame = (row: SummaryRow) => row.state !== 'FAILED' && row.inputDigest === inputDigest && isOf(row, writer)
    const [newest] = await readNewest(ctx.db, dealId)
    if (newest && isSame(newest)) return { summaryId: newest.id, jobId: newest.jobId }
    const number = (newest?.number ?? 0) + 1
    const id = await insertSummary(ctx.db, { dealId, number, inputDigest, provider, model, createdById: ctx.actor.id })
    if (!id) {
      // Two have asked at once, and the other one was first.
      const [other] = await readNewest(ctx.db, dealId)
      if (!other) throw new Error('a version that could not be added is there')
      return { summaryId: other.id, jobId: other.jobId }
    }
    const jobId = await enqueue(ctx, dealSummaryJob, { summaryId: id })
    await setSummaryJob(ctx.db, id, jobId)
    audit(ctx, {
      action: 'deal_summary.requested',
      subject: 'deal',
      subjectId: dealId,
      after: { number, provider, model },
    })
    emit(ctx, 'deal_summary.changed', { dealId, summaryId: id, state: 'PENDING' })
    return { summaryId: id, jobId }
  })
