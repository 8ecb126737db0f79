import * as z from 'zod'
import { id, instant, line, listOf, pageOf, pageQuery, text, version } from '../common.ts'

export const activityStates = [
  'QUEUED',
  'GENERATING',
  'GENERATION_FAILED',
  'PENDING_REVIEW',
  'IN_REVIEW',
  'REVISION_REQUESTED',
  'APPROVED',
  'REJECTED',
  'CANCELLED',
] as const
export type ActivityState = (typeof activityStates)[number]
export const decisionKinds = ['APPROVE', 'REJECT', 'REQUEST_REVISION'] as const
export type DecisionKind = (typeof decisionKinds)[number]

export const requestBlogPost = z
  .object({
    topic: line(300),
    audience: line(200),
    keywords: z.array(line(60)).max(12).default([]),
  })
  .strict()
  .meta({ id: 'RequestBlogPost' })
export type RequestBlogPost = z.infer<typeof requestBlogPost>

export const activityVersionView = z.object({
  id,
  number: z.number().int(),
  title: z.string(),
  body: z.string(),
  /** `offline` when no model was used. */
  provider: z.string(),
  model: z.string().nullable(),
  notes: z.string().nullable(),
  sources: z.array(z.object({ id, title: z.string() })),
  wordCount: z.number().int(),
  createdAt: instant,
})
export type ActivityVersionView = z.infer<typeof activityVersionView>

export const decisionView = z.object({
  id,
  kind: z.enum(decisionKinds),
  versionNumber: z.number().int(),
  notes: z.string().nullable(),
  createdAt: instant,
})

export const activitySummary = z
  .object({
    id,
    agent: z.string(),
    title: z.string(),
    topic: z.string(),
    audience: z.string(),
    keywords: z.array(z.string()),
    state: z.enum(activityStates),
    currentVersion: z.number().int(),
    jobId: id.nullable(),
    version,
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: 'ActivitySummary' })
export type ActivitySummary = z.infer<typeof activitySummary>

export const activityView = activitySummary
  .extend({
    brandVoice: z.string(),
    requestedBy: z.object({ id, name: z.string() }),
    versions: z.array(activityVersionView),
    decisions: z.array(decisionView),
  })
  .meta({ id: 'Activity' })
export type ActivityView = z.infer<typeof activityView>

export const listActivities = pageQuery.extend({ state: listOf(z.enum(activityStates)) })
export const activityPage = pageOf(activitySummary).meta({ id: 'ActivityPage' })
export const activityAccepted = z.object({ activity: activitySummary, jobId: id }).meta({ id: 'ActivityAccepted' })

export const knowledgeDocumentView = z
  .object({ id, title: z.string(), body: z.string(), version, createdAt: instant, updatedAt: instant })
  .meta({ id: 'KnowledgeDocument' })
export type KnowledgeDocumentView = z.infer<typeof knowledgeDocumentView>
export const createKnowledgeDocument = z
  .object({ title: line(200), body: text(50_000) })
  .strict()
  .meta({ id: 'CreateKnowledgeDocument' })
export const knowledgeDocumentPage = pageOf(knowledgeDocumentView).meta({ id: 'KnowledgeDocumentPage' })
