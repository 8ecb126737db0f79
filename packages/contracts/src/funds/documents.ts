import * as z from 'zod'
import { id, instant, money, pageOf, pageQuery } from '../common.ts'

export const fundDocumentKinds = ['CALL_NOTICE', 'DISTRIBUTION_NOTICE', 'STATEMENT', 'REPORT', 'UPLOAD'] as const
export type FundDocumentKind = (typeof fundDocumentKinds)[number]
export const fundDocumentStates = ['PENDING', 'READY', 'FAILED'] as const
export type FundDocumentState = (typeof fundDocumentStates)[number]

/** A quarter: what a capital account statement is about. */
export const statementPeriod = z.string().regex(/^(?!0000)\d{4}-Q[1-4]$/, 'must be a quarter like 2026-Q3')

/** A link as screens show it: never the token, which is in the mail only. */
export const portalLinkView = z
  .object({
    id,
    sentTo: z.string(),
    createdAt: instant,
    expiresAt: instant,
    openedAt: instant.nullable(),
    openings: z.number().int(),
    wireSeenAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'PortalLink' })
export type PortalLinkView = z.infer<typeof portalLinkView>

export const fundDocumentView = z
  .object({
    id,
    fundId: id,
    kind: z.enum(fundDocumentKinds),
    /** The call or the distribution (its id), or the period. */
    subject: z.string(),
    /** Counts up; an earlier one is never overwritten. */
    revision: z.number().int(),
    state: z.enum(fundDocumentStates),
    name: z.string(),
    investor: z.object({ id, code: z.string(), name: z.string() }).nullable(),
    dealId: id.nullable(),
    /** Media ids: the PDF (or what was uploaded), and the same figures as JSON and CSV. */
    fileId: id.nullable(),
    jsonFileId: id.nullable(),
    csvFileId: id.nullable(),
    sizeBytes: z.number().int().nullable(),
    sha256: z.string().nullable(),
    /** What the document sums to, by name. */
    totals: z.record(z.string(), money),
    error: z.string().nullable(),
    createdAt: instant,
    readyAt: instant.nullable(),
    links: z.array(portalLinkView),
  })
  .meta({ id: 'FundDocument' })
export type FundDocumentView = z.infer<typeof fundDocumentView>
export const fundDocumentPage = pageOf(fundDocumentView).meta({ id: 'FundDocumentPage' })

export const fundDocumentQuery = pageQuery.extend({
  kind: z.enum(fundDocumentKinds).optional(),
  state: z.enum(fundDocumentStates).optional(),
  investorId: id.optional(),
  dealId: id.optional(),
  /** The call or the distribution (its id), or the period. */
  subject: z.string().max(64).optional(),
})
export type FundDocumentQuery = z.infer<typeof fundDocumentQuery>

/** How far the notices of a call are. */
export const noticeProgress = z
  .object({
    lines: z.number().int(),
    ready: z.number().int(),
    failed: z.number().int(),
    mailed: z.number().int(),
    opened: z.number().int(),
  })
  .meta({ id: 'NoticeProgress' })
export type NoticeProgress = z.infer<typeof noticeProgress>

export const makeStatements = z
  .strictObject({ period: statementPeriod, notify: z.boolean().default(false) })
  .meta({ id: 'MakeStatements' })
/** What makes documents goes on in a worker; the documents of the list say how far it is. */
export const documentsRequested = z.object({ jobId: id }).meta({ id: 'DocumentsRequested' })
