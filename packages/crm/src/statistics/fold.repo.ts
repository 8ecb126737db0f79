// Brings what statements have appended into the totals. What is true is the sum of both, before and after.
import { type PlatformDb, sql } from '@throughline/db'

/** Any number: one process at a time folds. */
const foldLock = 851_274_413
const batchSize = 20_000

const foldBatch = (platform: PlatformDb) =>
  platform.queryOne<{ folded: number }>(sql`
    with taken as (
      delete from deal_total_changes c using (
        select tenant_id, id from deal_total_changes order by tenant_id, id limit ${batchSize} for update skip locked
      ) t where c.tenant_id = t.tenant_id and c.id = t.id returning c.*
    ), totals as (
      insert into deal_totals as t (tenant_id, stage, currency, owner_id, lead_source, close_month, closed_month, lost_reason,
        count, value, score, own_value, own_weighted, qualified, negotiated, cycle_seconds)
      select tenant_id, stage, currency, owner_id, lead_source, close_month, closed_month, lost_reason, sum(count), sum(value),
        sum(score), sum(own_value), sum(own_weighted),
        coalesce(sum(count) filter (where qualified_month < '9999-01-01'), 0),
        coalesce(sum(count) filter (where negotiated_month < '9999-01-01'), 0), sum(cycle_seconds)
      from taken group by 1, 2, 3, 4, 5, 6, 7, 8
      on conflict (tenant_id, stage, currency, owner_id, lead_source, close_month, closed_month, lost_reason) do update set
        count = t.count + excluded.count, value = t.value + excluded.value, score = t.score + excluded.score,
        own_value = t.own_value + excluded.own_value, own_weighted = t.own_weighted + excluded.own_weighted,
        qualified = t.qualified + excluded.qualified, negotiated = t.negotiated + excluded.negotiated,
        cycle_seconds = t.cycle_seconds + excluded.cycle_seconds
    ), cohorts as (
      insert into deal_cohorts as t (tenant_id, entered, month, owner_id, lead_source, count, qualified, negotiated, won)
      select d.tenant_id, f.entered, f.month, d.owner_id, d.lead_source, sum(d.count),
        coalesce(sum(d.count) filter (where d.qualified_month < '9999-01-01'), 0),
        coalesce(sum(d.count) filter (where d.negotiated_month < '9999-01-01'), 0),
        coalesce(sum(d.count) filter (where d.stage = 'CLOSED_WON'), 0)
      from taken d cross join lateral (values ('LEAD'::"DealStage", d.created_month), ('QUALIFIED', d.qualified_month),
        ('NEGOTIATION', d.negotiated_month)) as f(entered, month)
      where f.month < '9999-01-01' group by 1, 2, 3, 4, 5
      on conflict (tenant_id, entered, month, owner_id, lead_source) do update set
        count = t.count + excluded.count, qualified = t.qualified + excluded.qualified,
        negotiated = t.negotiated + excluded.negotiated, won = t.won + excluded.won
    )
    select count(*)::int as folded from taken`)

/** Rows of which nothing is left; the indexes of emptied rows find them. */
async function dropEmptied(platform: PlatformDb): Promise<void> {
  await platform.execute(sql`delete from deal_totals where count = 0 and value = 0 and score = 0 and own_value = 0
    and own_weighted = 0 and qualified = 0 and negotiated = 0 and cycle_seconds = 0`)
  await platform.execute(sql`delete from deal_cohorts where count = 0 and qualified = 0 and negotiated = 0 and won = 0`)
}

/**
 * Folds the appended changes of all tenants into their totals, some at a time, each time in one transaction. Two workers
 * may do so at once: one of them works, the other finds nothing to do.
 * @returns how many changes it folded
 */
export async function foldDealTotals(platform: PlatformDb): Promise<number> {
  let folded = 0
  for (;;) {
    const batch = await platform.transaction(async () => {
      const lock = await platform.queryOne<{ mine: boolean }>(
        sql`select pg_try_advisory_xact_lock(${foldLock}) as mine`,
      )
      if (!lock?.mine) return 0
      const done = (await foldBatch(platform))?.folded ?? 0
      if (done > 0) await dropEmptied(platform)
      return done
    })
    folded += batch
    if (batch < batchSize) return folded
  }
}
