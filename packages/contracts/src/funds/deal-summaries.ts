// What a firm keeps of a deal beside its figures: documents, and a summary of them in which every sentence says where it stands.
import * as z from 'zod'
import { id, instant } from '../common.ts'
import { fundDocumentView } from './documents.ts'

/** Of all funds that have a part of the deal, newest first. */
export const dealDocuments = z.object({ data: z.array(fundDocumentView) }).meta({ id: 'DealDocuments' })

/** Why a sentence is not shown as true. */
export const summaryDoubts = ['uncited', 'unknown_passage', 'figures'] as const
export type SummaryDoubt = (typeof summaryDoubts)[number]

export const summarySentence = z.object({
  text: z.string(),
  /** Numbers of passages; each of them exists. */
  citations: z.array(z.number().int()),
  doubt: z.enum(summaryDoubts).nullable(),
  /** Amounts, percentages and dates that the cited passages do not have. */
  missing: z.array(z.string()),
})
export type SummarySentence = z.infer<typeof summarySentence>

/** A piece of a document, word for word. */
export const summaryPassage = z.object({
  number: z.number().int(),
  documentId: id,
  document: z.string(),
  page: z.number().int(),
  text: z.string(),
})
export type SummaryPassage = z.infer<typeof summaryPassage>

/** Why nothing of a document was read. */
export const documentProblems = ['kind', 'too_large', 'encrypted', 'broken', 'too_slow', 'no_text'] as const
export type DocumentProblem = (typeof documentProblems)[number]

/** What was read of a document. */
export const summarySource = z.object({
  documentId: id,
  name: z.string(),
  pages: z.number().int(),
  pagesRead: z.number().int(),
  /** There was more than is read. */
  isCut: z.boolean(),
  problem: z.enum(documentProblems).nullable(),
})
export type SummarySource = z.infer<typeof summarySource>

export const summaryStates = ['PENDING', 'READY', 'FAILED'] as const
export type SummaryState = (typeof summaryStates)[number]

const dealSummary = z.object({
  id,
  /** Counts up; an earlier one is kept as it was. */
  number: z.number().int(),
  sentences: z.array(summarySentence),
  /** Those that are cited. */
  passages: z.array(summaryPassage),
  sources: z.array(summarySource),
  provider: z.string(),
  /** Null: without a model, sentences picked from the documents. */
  model: z.string().nullable(),
  /** Documents that are cited and were taken away since: their pages cannot be opened any more. */
  removed: z.array(
    z.object({ documentId: id, name: z.string(), removedAt: instant, removedBy: z.string().nullable() }),
  ),
  /** What has changed since; null when it would be made of the same again. */
  olderThan: z.enum(['documents', 'model']).nullable(),
  readyAt: instant,
})

export const dealSummaryView = z
  .object({
    /** Documents that can be read. */
    readable: z.number().int(),
    /** The last one that was made. */
    summary: dealSummary.nullable(),
    /** One that was asked for after it. */
    attempt: z
      .object({ id, jobId: id, state: z.enum(['PENDING', 'FAILED']), error: z.string().nullable(), createdAt: instant })
      .nullable(),
  })
  .meta({ id: 'DealSummary' })
export type DealSummaryView = z.infer<typeof dealSummaryView>

/** The one that is being made, or is there already. */
export const dealSummaryRequested = z.object({ summaryId: id, jobId: id }).meta({ id: 'DealSummaryRequested' })
