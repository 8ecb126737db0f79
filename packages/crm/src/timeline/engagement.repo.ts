// How signals change the engagement of a deal, and how it cools down.
import { type Sql, sql, type TenantDb } from '@throughline/db'

/** What somebody saw the other side do. */
export interface SeenSignal {
  signal: string
  points: number
  at: Date
}

export interface EngagementChange {
  given?: SeenSignal
  taken?: SeenSignal
}

/** Points as they count now: those of a call of last month are worth half. */
const worth = (seen: SeenSignal | undefined, now: Date): Sql =>
  seen ? sql`decayed_engagement(${seen.points}, ${seen.at}::timestamptz, ${now}::timestamptz)` : sql`0`

/** The reasons without one of those that were stored for a signal. */
const without = ({ signal, at }: SeenSignal): Sql => sql`
  coalesce((select jsonb_agg(r order by n) from jsonb_array_elements(score_reasons) with ordinality kept(r, n)
    where n is distinct from (
      select min(m) from jsonb_array_elements(score_reasons) with ordinality found(f, m)
      where f->>'reason' = ${signal} and f->>'at' = ${at.toISOString()})), '[]')`

const reasons = ({ given, taken }: EngagementChange): Sql => {
  const kept = taken ? without(taken) : sql`score_reasons`
  if (!given) return kept
  const { points, signal, at } = given
  return sql`${kept} || jsonb_build_object('points', ${points}::int, 'reason', ${signal}::text, 'at', ${at.toISOString()}::text)`
}

/**
 * Adds the points of a signal to a deal and takes those of another away, from the row as it is when the statement has
 * its lock: however many do so at once, none is lost. The trigger `deal_kept` makes score and reasons of it.
 * @returns the deal's new version
 */
export async function changeEngagement(
  db: TenantDb,
  dealId: string,
  change: EngagementChange,
  now: Date,
): Promise<number> {
  const row = await db.queryOne<{ version: number }>(sql`
    update deals set
      engagement = least(50, greatest(0, decayed_engagement(engagement, engagement_at, ${now}::timestamptz)
        + ${worth(change.given, now)} - ${worth(change.taken, now)})),
      engagement_at = greatest(engagement_at, ${now}::timestamptz),
      score_reasons = ${reasons(change)},
      version = version + 1, updated_at = ${now}::timestamptz
    where tenant_id = ${db.tenantId}::uuid and id = ${dealId}::uuid returning version`)
  if (!row) throw new Error('the deal is held and cannot have gone')
  return row.version
}

const batchSize = 500

/**
 * Writes the score of the next open deals as it is after the decay up to now. Neither version nor time of the last change
 * moves: nobody has changed anything.
 * @param after the last deal of the batch before
 * @returns the last deal looked at (null: there are no more), and how many scores were written
 */
export async function refreshScores(
  db: TenantDb,
  after: string | null,
): Promise<{ last: string | null; written: number }> {
  const row = await db.queryOne<{ last: string | null; written: number }>(sql`
    with looked_at as (
      select id, lead_score, fit_score, engagement, engagement_at from deals
      where tenant_id = ${db.tenantId}::uuid and engagement > 0 and deleted_at is null
        and stage in ('LEAD', 'QUALIFIED', 'NEGOTIATION') and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${batchSize}
    ), written as (
      update deals d set lead_score = d.lead_score from looked_at l
      where d.tenant_id = ${db.tenantId}::uuid and d.id = l.id and l.lead_score <>
        least(100, greatest(0, l.fit_score + round(decayed_engagement(l.engagement, l.engagement_at, now()))))
      returning d.id
    )
    select (select id from looked_at order by id desc limit 1) as last, (select count(*)::int from written) as written`)
  return row ?? { last: null, written: 0 }
}
