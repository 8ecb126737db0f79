// What somebody sees and does who follows a link. The token finds the firm and the row; nothing that the client sends does.
import { audit, getFile, hashOf, type StoredFile } from '@throughline/accounts'
import { AppError, type PortalView, type WireDetails } from '@throughline/contracts'
import { type Ctx, type Database, type Log, systemActor, tenantCtx } from '@throughline/db'
import { enqueue } from '@throughline/jobs'
import { emit } from '@throughline/realtime'
import { lineStateOf, outstandingOf, overdueDays } from '../calls/index.ts'
import { getFundDocument, type PaperTools, wireOf } from '../documents/index.ts'
import { fromMinor, toMinor } from '../minor-units.ts'
import { documentMailJob } from './portal.jobs.ts'
import {
  type FoundLink,
  findLink,
  noteLine,
  noteOpening,
  noteWireSeen,
  type PortalRow,
  readLine,
  readPortal,
  readPortalDocuments,
  revokeLink,
} from './portal.repo.ts'

export interface Visit {
  database: Database
  log: Log
  requestId: string | null
  address: string | null
  now?: () => Date
}

/** One answer for every link that is not good: whoever tries tokens learns nothing from it. */
const gone = () => new AppError('not_found', { message: 'This link is not valid. Ask the sender for a new one.' })

interface Entered {
  ctx: Ctx
  link: FoundLink
  portal: PortalRow
}

/** @throws AppError not_found for a token that is made up, expired or revoked */
async function enter({ database, now = () => new Date(), ...visit }: Visit, token: string): Promise<Entered> {
  const link = await findLink(database.platform, hashOf(token), now())
  if (!link) throw gone()
  const ctx = tenantCtx(database, { tenantId: link.tenantId, actor: systemActor, now, ...visit })
  const portal = await readPortal(ctx.db, link.fundId, link.investorId)
  if (!portal) throw gone()
  return { ctx, link, portal }
}

async function callOf({ ctx, link, portal }: Entered): Promise<PortalView['call']> {
  const row = link.lineId ? await readLine(ctx.db, link.lineId) : undefined
  if (!row) return null
  const { currency, timeZone } = portal
  const inMinor = (decimal: string) => toMinor(decimal, currency)
  const line = {
    due: inMinor(row.due),
    applied: inMinor(row.applied),
    writtenOff: inMinor(row.writtenOff),
    excess: inMinor(row.excess),
    excused: row.excused,
    notified: row.notified,
    standing: row.standing,
  }
  const outstanding = outstandingOf(line)
  const daysLate = overdueDays(outstanding, row.dueDate, timeZone, ctx.now())
  return {
    number: row.number,
    title: row.title,
    reference: row.reference,
    due: fromMinor(line.due, currency),
    paid: fromMinor(line.applied, currency),
    outstanding: fromMinor(outstanding, currency),
    dueDate: row.dueDate,
    daysLate,
    state: lineStateOf(line, daysLate),
  }
}

const changed = ({ ctx, link }: Entered) =>
  link.documentId &&
  emit(ctx, 'fund_document.changed', { fundId: link.fundId, documentId: link.documentId, state: 'READY' })

/** What a link shows; that it was opened is written down. @throws AppError not_found */
export async function openPortal(visit: Visit, token: string): Promise<PortalView> {
  const entered = await enter(visit, token)
  const { ctx, link, portal } = entered
  await ctx.db.transaction(async () => {
    const isFirst = await noteOpening(ctx.db, link.id, ctx.now())
    if (!isFirst) return
    if (link.lineId) await noteLine(ctx.db, link.lineId, 'opened', ctx.now())
    changed(entered)
  })
  const documents = await readPortalDocuments(ctx.db, link)
  return {
    firm: portal.firm,
    fund: { name: portal.fund, legalName: portal.legalName, currency: portal.currency, timeZone: portal.timeZone },
    investor: { code: portal.code, name: portal.investor },
    call: await callOf(entered),
    documents: documents.map(({ fileId: _fileId, ...document }) => ({
      ...document,
      isOwn: document.id === link.documentId,
    })),
    wireMask: portal.wireMask,
    expiresAt: link.expiresAt.toISOString(),
  }
}

const seeWire = (entered: Entered): Promise<void> =>
  entered.ctx.db.transaction(async () => {
    const { ctx, link } = entered
    if (!(await noteWireSeen(ctx.db, link.id, ctx.now()))) return
    audit(ctx, { action: 'portal_link.wire_shown', subject: 'portal_link', subjectId: link.id })
    changed(entered)
  })

/** Where to pay to, in full; that it was asked for is written down. @throws AppError not_found */
export async function showWire(
  visit: Visit,
  token: string,
  { encryption }: Pick<PaperTools, 'encryption'>,
): Promise<WireDetails> {
  const entered = await enter(visit, token)
  await seeWire(entered)
  const { link, portal } = entered
  const call = await callOf(entered)
  return {
    details: wireOf({ id: link.fundId, wireSealed: portal.wireSealed }, encryption),
    reference: call?.reference ?? null,
  }
}

/**
 * The file of a document that the link shows. A notice says where to pay to, so opening it counts as asking for that.
 * @throws AppError not_found, also for a document of somebody else
 */
export async function openPortalFile(visit: Visit, token: string, documentId: string): Promise<StoredFile> {
  const entered = await enter(visit, token)
  const { ctx, link } = entered
  const document = (await readPortalDocuments(ctx.db, link)).find(({ id }) => id === documentId)
  if (!document) throw gone()
  if (document.kind === 'CALL_NOTICE') await seeWire(entered)
  return getFile(ctx, document.fileId)
}

/** Sends the document to its contacts once more, with new links; the earlier ones end. @throws AppError not_found, illegal_transition */
export const resendDocument = (ctx: Ctx, documentId: string): Promise<{ jobId: string }> =>
  ctx.db.transaction(async () => {
    const document = await getFundDocument(ctx, documentId)
    if (document.state !== 'READY' || document.investor === null)
      throw new AppError('illegal_transition', { message: 'Only a finished document of an investor can be sent.' })
    audit(ctx, { action: 'fund_document.sent', subject: 'fund_document', subjectId: documentId })
    return { jobId: await enqueue(ctx, documentMailJob, { documentId }) }
  })

/** Ends a link at once; again does nothing more. @throws AppError not_found */
export const revokePortalLink = (ctx: Ctx, linkId: string): Promise<void> =>
  ctx.db.transaction(async () => {
    const [link] = await revokeLink(ctx.db, linkId, ctx.now())
    if (!link) throw new AppError('not_found', { message: 'There is no such link.' })
    audit(ctx, { action: 'portal_link.revoked', subject: 'portal_link', subjectId: linkId })
    emit(ctx, 'fund_document.changed', { ...link, state: 'READY' })
  })
