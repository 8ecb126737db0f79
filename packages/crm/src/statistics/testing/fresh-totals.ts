// The totals counted anew from the deals themselves, and as they are kept: what a test compares.
import { type PlatformDb, sql } from '@throughline/db'

type Asked = Pick<PlatformDb, 'query'>

const month = (column: ReturnType<typeof sql>) =>
  sql`coalesce(date_trunc('month', ${column} at time zone 'UTC')::date, '9999-01-01')`

/** Both tables of one tenant as text, counted from its deals. */
export async function countedTotals(platform: Asked, tenantId: string) {
  const totals = await platform.query(sql`
    select stage::text, currency, coalesce(owner_id, '00000000-0000-0000-0000-000000000000') as owner, coalesce(lead_source, '') as source,
      case when closed_at is null then coalesce(date_trunc('month', expected_close_date)::date, '9999-01-01') else '9999-01-01' end as closes,
      ${month(sql`closed_at`)} as closed, case when stage = 'CLOSED_LOST' then left(lost_reason, 120) else '' end as reason,
      count(*)::text, sum(value)::text as value, sum(lead_score)::text as score,
      coalesce(sum(value) filter (where probability is not null), 0)::numeric(24, 2)::text as own_value,
      coalesce(sum(value * probability) filter (where probability is not null), 0)::numeric(28, 2)::text as own_weighted,
      count(qualified_at)::text as qualified, count(negotiated_at)::text as negotiated,
      coalesce(sum(greatest(0, extract(epoch from closed_at - created_at))::bigint) filter (where stage = 'CLOSED_WON'), 0)::text as cycle
    from deals where tenant_id = ${tenantId}::uuid and deleted_at is null group by 1, 2, 3, 4, 5, 6, 7 order by 1, 2, 3, 4, 5, 6, 7`)
  const cohorts = await platform.query(sql`
    select e.entered, ${month(sql`e.at`)} as month, coalesce(owner_id, '00000000-0000-0000-0000-000000000000') as owner,
      coalesce(lead_source, '') as source, count(*)::text, count(qualified_at)::text as qualified,
      count(negotiated_at)::text as negotiated, count(*) filter (where stage = 'CLOSED_WON')::text as won
    from deals cross join lateral (values ('LEAD', created_at), ('QUALIFIED', qualified_at), ('NEGOTIATION', negotiated_at)) as e(entered, at)
    where tenant_id = ${tenantId}::uuid and deleted_at is null and e.at is not null group by 1, 2, 3, 4 order by 1, 2, 3, 4`)
  return { totals, cohorts }
}

/** The same, from what is kept: totals and the changes that are not folded in yet. */
export async function keptTotals(platform: Asked, tenantId: string) {
  const reached = (column: ReturnType<typeof sql>) => sql`case when ${column} < '9999-01-01' then count else 0 end`
  const totals = await platform.query(sql`
    select stage::text, currency, owner_id as owner, lead_source as source, close_month as closes, closed_month as closed,
      lost_reason as reason, sum(count)::text as count, sum(value)::text as value, sum(score)::text as score,
      sum(own_value)::text as own_value, sum(own_weighted)::text as own_weighted, sum(qualified)::text as qualified,
      sum(negotiated)::text as negotiated, sum(cycle_seconds)::text as cycle
    from (
      select stage, currency, owner_id, lead_source, close_month, closed_month, lost_reason, count, value, score, own_value,
        own_weighted, qualified, negotiated, cycle_seconds from deal_totals where tenant_id = ${tenantId}::uuid
      union all
      select stage, currency, owner_id, lead_source, close_month, closed_month, lost_reason, count, value, score, own_value,
        own_weighted, ${reached(sql`qualified_month`)}, ${reached(sql`negotiated_month`)}, cycle_seconds
      from deal_total_changes where tenant_id = ${tenantId}::uuid
    ) k group by 1, 2, 3, 4, 5, 6, 7
    having not (sum(count) = 0 and sum(value) = 0 and sum(score) = 0 and sum(own_value) = 0 and sum(own_weighted) = 0
      and sum(qualified) = 0 and sum(negotiated) = 0 and sum(cycle_seconds) = 0)
    order by 1, 2, 3, 4, 5, 6, 7`)
  const cohorts = await platform.query(sql`
    select entered, month, owner, source, sum(count)::text as count, sum(qualified)::text as qualified,
      sum(negotiated)::text as negotiated, sum(won)::text as won
    from (
      select entered::text, month, owner_id as owner, lead_source as source, count, qualified, negotiated, won from deal_cohorts
      where tenant_id = ${tenantId}::uuid
      union all
      select e.entered, e.month, owner_id, lead_source, count, ${reached(sql`qualified_month`)}, ${reached(sql`negotiated_month`)},
        case when stage = 'CLOSED_WON' then count else 0 end
      from deal_total_changes cross join lateral (values ('LEAD', created_month), ('QUALIFIED', qualified_month),
        ('NEGOTIATION', negotiated_month)) as e(entered, month)
      where tenant_id = ${tenantId}::uuid and e.month < '9999-01-01'
    ) k group by 1, 2, 3, 4
    having not (sum(count) = 0 and sum(qualified) = 0 and sum(negotiated) = 0 and sum(won) = 0) order by 1, 2, 3, 4`)
  return { totals, cohorts }
}
