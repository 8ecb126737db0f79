// The only SQL for activities and their versions.
import type { ActivityState, ActivitySummary, ActivityView } from '@throughline/contracts'
import { type Db, empty, instantOf, join, sql, type TenantDb } from '@throughline/db'

export const summaryColumns = sql`a.id, a.agent, a.title, a.topic, a.audience, a.keywords, a.state::text as state,
  a.current_version as "currentVersion", a.job_id as "jobId", a.version,
  ${instantOf(sql`a.created_at`)} as "createdAt", ${instantOf(sql`a.updated_at`)} as "updatedAt"`

/** Everything that a screen shows of one activity, in one question. Used by the tenant and by reviewers. */
export const viewColumns = sql`${summaryColumns}, a.brand_voice as "brandVoice",
  (select json_build_object('id', asked.id, 'name', asked.name) from (
      select id, name from members m where m.tenant_id = a.tenant_id and m.id = a.requested_by_id
      union all select id, name from api_keys k where k.tenant_id = a.tenant_id and k.id = a.requested_by_id
    ) asked) as "requestedBy",
  coalesce((select json_agg(json_build_object('id', v.id, 'number', v.number, 'title', v.title, 'body', v.body,
      'provider', v.provider, 'model', v.model, 'notes', v.notes, 'sources', v.sources, 'wordCount', v.word_count,
      'createdAt', ${instantOf(sql`v.created_at`)}) order by v.number)
    from activity_versions v where v.tenant_id = a.tenant_id and v.activity_id = a.id), '[]'::json) as versions,
  coalesce((select json_agg(json_build_object('id', d.id, 'kind', d.kind, 'versionNumber', v.number, 'notes', d.notes,
      'createdAt', ${instantOf(sql`d.created_at`)}) order by d.id)
    from review_decisions d join activity_versions v on v.tenant_id = d.tenant_id and v.id = d.version_id
    where d.tenant_id = a.tenant_id and d.activity_id = a.id), '[]'::json) as decisions`

export interface NewActivity {
  topic: string
  audience: string
  keywords: readonly string[]
  requestedById: string
}

/** With the firm's brand voice as it is now. */
export async function insertActivity(
  db: TenantDb,
  { topic, audience, keywords, requestedById }: NewActivity,
): Promise<string> {
  const row = await db.queryOne<{ id: string }>(sql`
    insert into activities (tenant_id, id, agent, title, topic, audience, keywords, brand_voice, requested_by_id)
    select t.id, uuidv7(), 'blog-writer', ${topic}, ${topic}, ${audience}, ${[...keywords]}::text[], t.brand_voice, ${requestedById}::uuid
    from tenants t where t.id = ${db.tenantId}::uuid returning id`)
  if (!row) throw new Error('the tenant of this context does not exist')
  return row.id
}

export const setJob = (db: TenantDb, activityId: string, jobId: string): Promise<number> =>
  db.execute(
    sql`update activities set job_id = ${jobId}::uuid where tenant_id = ${db.tenantId}::uuid and id = ${activityId}::uuid`,
  )

export interface LockedActivity {
  id: string
  state: ActivityState
  topic: string
  audience: string
  keywords: string[]
  brandVoice: string
  currentVersion: number
  jobId: string | null
  claimToken: string | null
  claimedById: string | null
  claimLive: boolean
  version: number
}

/** Holds the row until the transaction ends. */
export const lockActivity = (db: TenantDb, activityId: string): Promise<LockedActivity | undefined> =>
  db.queryOne<LockedActivity>(sql`
    select id, state::text as state, topic, audience, keywords, brand_voice as "brandVoice", current_version as "currentVersion",
      job_id as "jobId", claim_token as "claimToken", claimed_by_id as "claimedById",
      coalesce(claim_expires_at > now(), false) as "claimLive", version
    from activities where tenant_id = ${db.tenantId}::uuid and id = ${activityId}::uuid for update`)

export interface StateChange {
  state: ActivityState
  title?: string
  currentVersion?: number
  /** Waits for a reviewer from now on. */
  submitted?: boolean
  lastReviewerId?: string
}

/** Any change of state ends a claim. @returns the row's new version */
export async function writeState(db: TenantDb, activityId: string, change: StateChange): Promise<number> {
  const row = await db.queryOne<{ version: number }>(sql`
    update activities set state = ${change.state}::"ActivityState", version = version + 1, updated_at = now(),
      claimed_by_id = null, claim_token = null, claim_expires_at = null
      ${change.title === undefined ? empty : sql`, title = ${change.title}`}
      ${change.currentVersion === undefined ? empty : sql`, current_version = ${change.currentVersion}`}
      ${change.submitted ? sql`, submitted_at = now()` : empty}
      ${change.lastReviewerId === undefined ? empty : sql`, last_reviewer_id = ${change.lastReviewerId}::uuid`}
    where tenant_id = ${db.tenantId}::uuid and id = ${activityId}::uuid returning version`)
  if (!row) throw new Error(`activity ${activityId} vanished inside its transaction`)
  return row.version
}

export const findActivity = (db: TenantDb, activityId: string): Promise<ActivityView | undefined> =>
  db.queryOne<ActivityView>(
    sql`select ${viewColumns} from activities a where a.tenant_id = ${db.tenantId}::uuid and a.id = ${activityId}::uuid`,
  )

export interface ActivityFilter {
  states: readonly ActivityState[] | undefined
  after: { createdAt: string; id: string } | undefined
  limit: number
}

/** Newest first, one row more than a page. */
export const readActivities = (db: TenantDb, { states, after, limit }: ActivityFilter) =>
  db.query<ActivitySummary>(sql`
    select ${summaryColumns} from activities a where a.tenant_id = ${db.tenantId}::uuid
      ${states?.length ? sql`and a.state in (${join(states.map((state) => sql`${state}::"ActivityState"`))})` : empty}
      ${after ? sql`and (a.created_at, a.id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)` : empty}
    order by a.created_at desc, a.id desc limit ${limit + 1}`)

export interface NewVersion {
  activityId: string
  number: number
  title: string
  body: string
  contentHash: string
  provider: string
  model: string | null
  notes: string | null
  sources: readonly { id: string; title: string }[]
  wordCount: number
}

/** @returns whether it was written; not when this version is there already */
export const insertVersion = async (db: TenantDb, draft: NewVersion): Promise<boolean> =>
  (await db.execute(sql`
    insert into activity_versions (tenant_id, id, activity_id, number, title, body, content_hash, provider, model, notes, sources, word_count)
    values (${db.tenantId}::uuid, uuidv7(), ${draft.activityId}::uuid, ${draft.number}, ${draft.title}, ${draft.body}, ${draft.contentHash},
      ${draft.provider}, ${draft.model}, ${draft.notes}, ${JSON.stringify(draft.sources)}::jsonb, ${draft.wordCount})
    on conflict (tenant_id, activity_id, number) do nothing`)) === 1

export const findDraft = (db: Db, tenantId: string, activityId: string, number: number) =>
  db.queryOne<{ id: string; title: string; body: string }>(sql`select id, title, body from activity_versions
    where tenant_id = ${tenantId}::uuid and activity_id = ${activityId}::uuid and number = ${number}`)
