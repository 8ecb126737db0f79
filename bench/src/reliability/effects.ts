// What a request has left in the database, counted from outside of any tenant.
import { type Db, sql } from '@throughline/db'

export interface Effect {
  /** The deal's title or the activity's topic: every request of a check has its own. */
  name: string
  rows: number
  events: number
  audits: number
  jobs: number
}

/** Of deals whose title begins like this. */
export const dealEffects = (db: Db, prefix: string): Promise<Effect[]> =>
  db.query<Effect>(sql`
    select d.title as name, count(distinct d.id)::int as rows, count(distinct e.seq)::int as events,
      count(distinct a.seq)::int as audits, 0 as jobs
    from deals d
    left join events e on e.tenant_id = d.tenant_id and e.type = 'deal.created' and e.data->>'dealId' = d.id::text
    left join audit_entries a on a.tenant_id = d.tenant_id and a.subject = 'deal' and a.subject_id = d.id
    where d.title like ${`${prefix}%`} group by d.title`)

/** Of activities whose topic begins like this. Events and audit rows of the asking, not of what a worker does later. */
export const activityEffects = (db: Db, prefix: string): Promise<Effect[]> =>
  db.query<Effect>(sql`
    select v.topic as name, count(distinct v.id)::int as rows, count(distinct e.seq)::int as events,
      count(distinct a.seq)::int as audits, count(distinct j.id)::int as jobs
    from activities v
    left join events e on e.tenant_id = v.tenant_id and e.type = 'activity.changed' and e.data->>'state' = 'QUEUED'
      and e.data->>'activityId' = v.id::text
    left join audit_entries a on a.tenant_id = v.tenant_id and a.action = 'activity.requested' and a.subject_id = v.id
    left join jobs j on j.tenant_id = v.tenant_id and j.payload->>'activityId' = v.id::text
    where v.topic like ${`${prefix}%`} group by v.topic`)

/** What one request for this route must have left. */
export const expectedEffect = (name: string, jobs: 0 | 1): Effect => ({ name, rows: 1, events: 1, audits: 1, jobs })

export const isSameEffect = (a: Effect | undefined, b: Effect): boolean =>
  a?.rows === b.rows && a.events === b.events && a.audits === b.audits && a.jobs === b.jobs
