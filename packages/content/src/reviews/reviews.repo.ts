// The reviewers' queue crosses tenants, always by explicit id. Reads and the claim are the platform's; a decision is
// made by the tenant's own client.
import type { QueueItem, QueueStatistics, ReviewView } from '@throughline/contracts'
import { type Db, empty, instantOf, type PlatformDb, sql, type TenantDb } from '@throughline/db'
import { viewColumns } from '../activities/index.ts'

/** A reviewer who is silent for this long gives the item back. */
export const leaseSeconds = 300
const lease = sql`now() + ${`${leaseSeconds} seconds`}::interval`

export interface ClaimedRow {
  tenantId: string
  id: string
  version: number
  /** It was this reviewer's already. */
  again: boolean
}

/**
 * Claims the next item in one statement: one's own that is still held, then revisions of one's own, then the oldest.
 * SKIP LOCKED gives parallel callers different items.
 */
export const claimOne = (db: PlatformDb, reviewerId: string): Promise<ClaimedRow | undefined> =>
  db.queryOne<ClaimedRow>(sql`
    update activities a set state = 'IN_REVIEW', claimed_by_id = ${reviewerId}::uuid, claim_expires_at = ${lease},
      claim_token = case when n.again then a.claim_token else gen_random_uuid() end,
      version = a.version + 1, updated_at = now()
    from (
      select tenant_id, id, coalesce(claimed_by_id = ${reviewerId}::uuid and claim_expires_at > now(), false) as again
      from activities
      where state in ('PENDING_REVIEW', 'IN_REVIEW')
        and (state = 'PENDING_REVIEW' or claim_expires_at <= now() or claimed_by_id = ${reviewerId}::uuid)
      order by (state = 'IN_REVIEW' and claimed_by_id = ${reviewerId}::uuid and claim_expires_at > now()) desc,
        (last_reviewer_id is not distinct from ${reviewerId}::uuid) desc, submitted_at, id
      limit 1 for update skip locked
    ) n
    where a.tenant_id = n.tenant_id and a.id = n.id
    returning a.tenant_id as "tenantId", a.id, a.version, n.again`)

/** @returns until when, or nothing when the claim is not this reviewer's any more */
export const extendClaim = (db: TenantDb, activityId: string, reviewerId: string, token: string) =>
  db.queryOne<{ claimExpiresAt: Date }>(sql`
    update activities set claim_expires_at = ${lease}
    where tenant_id = ${db.tenantId}::uuid and id = ${activityId}::uuid and state = 'IN_REVIEW'
      and claimed_by_id = ${reviewerId}::uuid and claim_token = ${token}::uuid and claim_expires_at > now()
    returning claim_expires_at as "claimExpiresAt"`)

/** The firm that an activity is of. */
export const findTenantOf = (db: PlatformDb, activityId: string) =>
  db.queryOne<{ tenantId: string }>(sql`select tenant_id as "tenantId" from activities where id = ${activityId}::uuid`)

const tenantOf = sql`json_build_object('id', t.id, 'name', t.name, 'timezone', t.timezone) as tenant`

export const findReview = (db: PlatformDb, key: { tenantId: string; activityId: string }, reviewerId: string) =>
  db.queryOne<ReviewView>(sql`
    select ${viewColumns}, ${tenantOf},
      case when a.claimed_by_id = ${reviewerId}::uuid and a.claim_expires_at > now() then json_build_object(
        'token', a.claim_token, 'expiresAt', ${instantOf(sql`a.claim_expires_at`)}) end as claim
    from activities a join tenants t on t.id = a.tenant_id
    where a.tenant_id = ${key.tenantId}::uuid and a.id = ${key.activityId}::uuid`)

export const readQueue = (db: PlatformDb, after: { submittedAt: string; id: string } | undefined, limit: number) =>
  db.query<QueueItem>(sql`
    select a.id, ${tenantOf}, a.title, a.agent, a.state::text as state, a.current_version as "currentVersion",
      ${instantOf(sql`a.submitted_at`)} as "submittedAt",
      case when a.claim_expires_at > now() then (select json_build_object('id', u.id, 'name', u.name) from users u
        where u.id = a.claimed_by_id) end as "claimedBy",
      case when a.claim_expires_at > now() then ${instantOf(sql`a.claim_expires_at`)} end as "claimExpiresAt"
    from activities a join tenants t on t.id = a.tenant_id
    where a.state in ('PENDING_REVIEW', 'IN_REVIEW')
      ${after ? sql`and (a.submitted_at, a.id) > (${after.submittedAt}::timestamptz, ${after.id}::uuid)` : empty}
    order by a.submitted_at, a.id limit ${limit + 1}`)

export async function readStatistics(db: PlatformDb, reviewerId: string): Promise<QueueStatistics> {
  const row = await db.queryOne<QueueStatistics>(sql`
    select count(*) filter (where state = 'PENDING_REVIEW' or claim_expires_at <= now())::int as waiting,
      count(*) filter (where state = 'IN_REVIEW' and claim_expires_at > now())::int as "inReview",
      (select count(*)::int from review_decisions d where d.reviewer_id = ${reviewerId}::uuid
        and d.created_at >= date_trunc('day', now() at time zone 'UTC') at time zone 'UTC') as "decidedToday"
    from activities where state in ('PENDING_REVIEW', 'IN_REVIEW')`)
  if (!row) throw new Error('an aggregate always gives one row')
  return row
}

export interface DecidedRow {
  id: string
  activityId: string
  tenant: { id: string; name: string; timezone: string }
  title: string
  kind: 'APPROVE' | 'REJECT' | 'REQUEST_REVISION'
  versionNumber: number
  notes: string | null
  createdAt: string
}

export const readDecided = (
  db: PlatformDb,
  reviewerId: string,
  after: { at: string; id: string } | undefined,
  limit: number,
) =>
  db.query<DecidedRow>(sql`
    select d.id, d.activity_id as "activityId", ${tenantOf}, v.title, d.kind::text as kind, v.number as "versionNumber", d.notes,
      ${instantOf(sql`d.created_at`)} as "createdAt"
    from review_decisions d join tenants t on t.id = d.tenant_id
    join activity_versions v on v.tenant_id = d.tenant_id and v.id = d.version_id
    where d.reviewer_id = ${reviewerId}::uuid
      ${after ? sql`and (d.created_at, d.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : empty}
    order by d.created_at desc, d.id desc limit ${limit + 1}`)

export interface NewDecision {
  activityId: string
  versionId: string
  kind: DecidedRow['kind']
  reviewerId: string
  notes: string | null
}

export const insertDecision = (db: Db, tenantId: string, decision: NewDecision): Promise<number> =>
  db.execute(sql`insert into review_decisions (tenant_id, id, activity_id, version_id, kind, reviewer_id, notes)
    values (${tenantId}::uuid, uuidv7(), ${decision.activityId}::uuid, ${decision.versionId}::uuid,
      ${decision.kind}::"DecisionKind", ${decision.reviewerId}::uuid, ${decision.notes})`)
