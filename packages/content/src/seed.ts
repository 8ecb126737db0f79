// Content for the demo, written by the offline writer like every other draft.
import { createHash } from 'node:crypto'
import { type Brief, composePost, quotesFor } from '@throughline/ai'
import type { ActivityState, DecisionKind } from '@throughline/contracts'
import { sql, type TenantDb } from '@throughline/db'
import { countWords, findDraft, insertVersion, titleOf } from './activities/index.ts'
import { type SeedBrief, seedBriefs, seedDocuments } from './seed-briefs.ts'

export interface SeedContentInput {
  requestedById: string
  brandVoice: string
  today: Date
}

interface Document {
  id: string
  title: string
  body: string
}

const dayMs = 86_400_000
const withDraft: ReadonlySet<ActivityState> = new Set(['PENDING_REVIEW', 'APPROVED', 'REJECTED'])
const decisionOf: Partial<Record<ActivityState, DecisionKind>> = { APPROVED: 'APPROVE', REJECTED: 'REJECT' }

const addDocument = async (db: TenantDb, { title, body }: { title: string; body: string }): Promise<Document> => {
  const row = await db.queryOne<{ id: string }>(sql`insert into knowledge_documents (tenant_id, id, title, body)
    values (${db.tenantId}::uuid, uuidv7(), ${title}, ${body}) returning id`)
  if (!row) throw new Error('a document was not inserted')
  return { id: row.id, title, body }
}

async function addActivity(db: TenantDb, input: SeedContentInput, brief: SeedBrief, versions: number): Promise<string> {
  const at = new Date(input.today.getTime() - brief.daysAgo * dayMs)
  const submittedAt = withDraft.has(brief.state) ? at : null
  const row = await db.queryOne<{ id: string }>(sql`
    insert into activities (tenant_id, id, agent, title, topic, audience, keywords, brand_voice, state, current_version,
      requested_by_id, submitted_at, created_at, updated_at)
    values (${db.tenantId}::uuid, uuidv7(), 'blog-writer', ${brief.topic}, ${brief.topic}, ${brief.audience}, ${brief.keywords}::text[],
      ${input.brandVoice}, ${brief.state}::"ActivityState", ${versions}, ${input.requestedById}::uuid, ${submittedAt}, ${at}, ${at})
    returning id`)
  if (!row) throw new Error('an activity was not inserted')
  return row.id
}

async function addVersion(db: TenantDb, activityId: string, number: number, brief: Brief): Promise<void> {
  const body = composePost(brief)
  await insertVersion(db, {
    activityId,
    number,
    title: titleOf(body, brief.topic),
    body,
    contentHash: createHash('sha256').update(body).digest('hex'),
    provider: 'offline',
    model: null,
    notes: brief.revision?.notes ?? null,
    sources: quotesFor(brief).map(({ id, title }) => ({ id, title })),
    wordCount: countWords(body),
  })
}

interface SeedDecision {
  number: number
  kind: DecisionKind
  notes: string | null
  at: Date
}

/** The decision of a reviewer who is not in this database: staff are not members, so any id will do. */
async function addDecision(db: TenantDb, activityId: string, { number, kind, notes, at }: SeedDecision): Promise<void> {
  const draft = await findDraft(db, db.tenantId, activityId, number)
  if (!draft) throw new Error('a decision needs a draft')
  await db.execute(sql`insert into review_decisions (tenant_id, id, activity_id, version_id, kind, reviewer_id, notes, created_at)
    values (${db.tenantId}::uuid, uuidv7(), ${activityId}::uuid, ${draft.id}::uuid, ${kind}::"DecisionKind",
      ${'0198a000-0000-7000-8000-000900000001'}::uuid, ${notes}, ${at})`)
}

async function addBrief(db: TenantDb, input: SeedContentInput, seed: SeedBrief, documents: Document[]): Promise<void> {
  const drafts = withDraft.has(seed.state) ? (seed.revisedFor ? 2 : 1) : 0
  const at = new Date(input.today.getTime() - seed.daysAgo * dayMs)
  const activityId = await addActivity(db, input, seed, drafts)
  if (drafts === 0) return
  const { topic, audience, keywords } = seed
  const brief: Brief = { topic, audience, keywords, brandVoice: input.brandVoice, documents }
  await addVersion(db, activityId, 1, brief)
  if (seed.revisedFor) {
    await addDecision(db, activityId, { number: 1, kind: 'REQUEST_REVISION', notes: seed.revisedFor, at })
    const first = composePost(brief)
    await addVersion(db, activityId, 2, { ...brief, revision: { title: topic, body: first, notes: seed.revisedFor } })
  }
  const kind = decisionOf[seed.state]
  if (kind) await addDecision(db, activityId, { number: drafts, kind, notes: seed.notes ?? null, at })
}

/** Documents and activities in each state for one firm. In the caller's transaction. */
export async function seedContent(db: TenantDb, input: SeedContentInput): Promise<void> {
  const documents: Document[] = []
  for (const document of seedDocuments) documents.push(await addDocument(db, document))
  for (const brief of seedBriefs) await addBrief(db, input, brief, documents)
}
