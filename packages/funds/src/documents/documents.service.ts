// What people do with documents of a fund: look at them, ask for statements and notices, add one of their own.
import { randomUUIDv7 } from 'node:crypto'
import { audit, closeFile, insertFile } from '@throughline/accounts'
import {
  AppError,
  type FundDocumentQuery,
  type FundDocumentView,
  type NoticeProgress,
  type Page,
} from '@throughline/contracts'
import { asIs, type Ctx, decodeCursor, toPage } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import { fileName } from '@throughline/storage'
import * as z from 'zod'
import { fundToRead } from '../books/index.ts'
import { refused } from '../refused.ts'
import { renderNoticesJob, renderStatementsJob } from './documents.jobs.ts'
import {
  countNotices,
  findDocument,
  findDocuments,
  findRemoved,
  findUploadsOfDeal,
  insertReady,
  isAllocated,
  markRemoved,
  nextUploadRevision,
  type RemovedDocument,
} from './documents.repo.ts'
import { readCall } from './notices.repo.ts'
import { quarterOf } from './statement.rules.ts'
import { readLastStruck } from './statements.repo.ts'

/** Of a fund, newest first. @throws AppError not_found */
export async function listFundDocuments(
  ctx: Ctx,
  fundId: string,
  query: FundDocumentQuery,
): Promise<Page<FundDocumentView>> {
  await fundToRead(ctx, fundId)
  const after = query.cursor ? decodeCursor(query.cursor, z.tuple([z.uuid()]))[0] : null
  return toPage(await findDocuments(ctx.db, fundId, query, after), query.limit, ({ id }) => [id], asIs)
}

const noSuchDocument = () => new AppError('not_found', { message: 'There is no such document.' })

/** @throws AppError not_found, also for one that was taken away */
export async function getFundDocument(ctx: Ctx, documentId: string): Promise<FundDocumentView> {
  const document = await findDocument(ctx.db, documentId)
  if (!document) throw noSuchDocument()
  return document
}

/** A deal has a handful of papers; of more, the newest are shown. */
const maxOfDeal = 100

/** What was uploaded to a deal, newest first. Whether the deal may be seen is asked before. */
export const documentsOfDeal = (ctx: Ctx, dealId: string): Promise<FundDocumentView[]> =>
  findUploadsOfDeal(ctx.db, dealId, maxOfDeal)

/** Those of some documents that were taken away, by whom and when. */
export const removedDocuments = (ctx: Ctx, documentIds: readonly string[]): Promise<RemovedDocument[]> =>
  findRemoved(ctx.db, documentIds)

/** How far the notices of a call are. @throws AppError not_found */
export async function noticeProgressOf(ctx: Ctx, callId: string): Promise<NoticeProgress> {
  const counted = await countNotices(ctx.db, callId)
  if (!counted) throw new AppError('not_found', { message: 'There is no such call.' })
  const { fundId: _fundId, ...progress } = counted
  return progress
}

/**
 * Makes the notices of a call that are not there, and once more those that have failed.
 * @throws AppError not_found; illegal_transition before the call is issued
 */
export const requestNotices = (ctx: Ctx, callId: string): Promise<{ jobId: string }> =>
  ctx.db.transaction(async () => {
    const call = await readCall(ctx.db, callId)
    if (!call) throw new AppError('not_found', { message: 'There is no such call.' })
    if (call.state !== 'ISSUED' && call.state !== 'CLOSED')
      throw new AppError('illegal_transition', { message: 'Notices are of calls that were issued.' })
    audit(ctx, { action: 'capital_call.notices_requested', subject: 'capital_call', subjectId: callId })
    return { jobId: await enqueue(ctx, renderNoticesJob, { subject: 'capital_call', subjectId: callId }) }
  })

/**
 * Asks for the statements of a quarter.
 * @throws AppError not_found; unprocessable while no NAV was struck in the quarter: a statement ends with it
 */
export const requestStatements = (
  ctx: Ctx,
  fundId: string,
  { period, notify }: { period: string; notify: boolean },
): Promise<{ jobId: string }> =>
  ctx.db.transaction(async () => {
    const fund = await fundToRead(ctx, fundId)
    const { firstDay, lastDay } = quarterOf(period)
    const struck = await readLastStruck(ctx.db, fundId, lastDay)
    if (!struck || struck.asOf < firstDay)
      throw refused(`The NAV of ${fund.name} was not struck in ${period}. Strike it as of ${lastDay} first.`, {
        lastStruck: struck?.asOf ?? null,
      })
    audit(ctx, { action: 'fund.statements_requested', subject: 'fund', subjectId: fundId, after: { period, notify } })
    return { jobId: await enqueue(ctx, renderStatementsJob, { fundId, period, notify }) }
  })

export interface UploadedFile {
  storageKey: string
  name: string
  contentType: string
  sizeBytes: number
  sha256: string
}

/** Where uploaded documents of funds lie. */
export const fundUploadsOf = (tenantId: string, fundId: string): string =>
  `${tenantId}/fund-documents/${fundId}/uploads`

/**
 * Adds a file that somebody has uploaded to a fund, and to a deal of it; the same file again is the document that is there.
 * @throws AppError not_found, also for a deal that the fund has nothing of; conflict when the fund has this file already
 */
export const addFundDocument = (
  ctx: Ctx,
  fundId: string,
  { dealId, ...upload }: UploadedFile & { dealId: string | null },
): Promise<FundDocumentView> =>
  ctx.db.transaction(async () => {
    await fundToRead(ctx, fundId)
    if (dealId !== null && !(await isAllocated(ctx.db, fundId, dealId)))
      throw new AppError('not_found', { message: 'The fund has nothing of such a deal.' })
    const name = fileName(upload.name, 'document')
    const id = randomUUIDv7()
    const fileId = await insertFile(ctx.db, { ...upload, name, createdById: ctx.actor.id })
    const { sizeBytes, sha256 } = upload
    // The same bytes are the same document, once for the fund and once for each deal.
    const subject = `${dealId ?? 'fund'}/${sha256}`
    const revision = await nextUploadRevision(ctx.db, fundId, subject)
    const row = { id, fundId, investorId: null, dealId, kind: 'UPLOAD' as const, subject, revision, name }
    const added = await insertReady(
      ctx.db,
      { ...row, fileId, sizeBytes, sha256, totals: {}, createdById: ctx.actor.id },
      ctx.now(),
    )
    if (!added) throw new AppError('conflict', { message: 'The fund has this file already.' })
    audit(ctx, {
      action: 'fund_document.added',
      subject: 'fund_document',
      subjectId: id,
      after: { name, fundId, dealId },
    })
    emit(ctx, 'fund_document.changed', { fundId, documentId: id, state: 'READY' })
    return getFundDocument(ctx, id)
  })

/**
 * Takes an upload away: it is in no list, and nobody opens its file any more, by a link neither. Who and when stays written down.
 * @throws AppError not_found, also for one that was taken away already; conflict for notices and statements, which are kept
 */
export const removeFundDocument = (ctx: Ctx, documentId: string): Promise<void> =>
  ctx.db.transaction(async () => {
    const { kind, name, fundId, dealId, fileId, sha256 } = await getFundDocument(ctx, documentId)
    if (kind !== 'UPLOAD')
      throw new AppError('conflict', { message: 'Only uploads can be removed: notices and statements are kept.' })
    // Two have asked at once, and the other one was first.
    if (!(await markRemoved(ctx.db, documentId, { by: ctx.actor.id, now: ctx.now() }))) throw noSuchDocument()
    if (fileId !== null) await closeFile(ctx.db, fileId, ctx.now())
    audit(ctx, {
      action: 'fund_document.removed',
      subject: 'fund_document',
      subjectId: documentId,
      before: { name, fundId, dealId, sha256 },
    })
    emit(ctx, 'fund_document.changed', { fundId, documentId, state: 'REMOVED' })
  })
