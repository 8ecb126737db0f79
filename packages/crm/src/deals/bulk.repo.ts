// What a wish about many deals was, and what they were before it.
import { sql, type TenantDb } from '@throughline/db'
import type { DealValues } from './deals.repo.ts'

export interface BatchItem {
  dealId: string
  before: Partial<DealValues>
  /** Of the deal after the wish. */
  version: number
}

/** Before the deals are written: what they have reached is remembered with them, and a move may change it. */
export async function insertBatch(
  db: TenantDb,
  { id, action, actorId, now }: { id: string; action: string; actorId: string | null; now: Date },
  items: readonly BatchItem[],
): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  await db.execute(sql`
    with batch as (
      insert into deal_batches (tenant_id, id, action, actor_id, created_at)
      values (${t}, ${id}::uuid, ${action}, ${actorId}::uuid, ${now}) returning id
    )
    insert into deal_batch_items (tenant_id, batch_id, deal_id, before, version)
    select ${t}, batch.id, d.id, i.before || case when i.before ? 'stage' then jsonb_build_object('reached', jsonb_build_object(
        'stage_entered_at', d.stage_entered_at, 'qualified_at', d.qualified_at, 'negotiated_at', d.negotiated_at)) else '{}' end,
      i.version
    from batch, jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i("dealId" uuid, before jsonb, version int)
    join deals d on d.tenant_id = ${t} and d.id = i."dealId"`)
}

/** A move that was taken back has reached nothing: the deals' dates are what they were. The history keeps both moves. */
export const restoreReached = (db: TenantDb, batchId: string, dealIds: readonly string[]): Promise<number> =>
  db.execute(sql`
    update deals d set stage_entered_at = was.stage_entered_at, qualified_at = was.qualified_at, negotiated_at = was.negotiated_at
    from deal_batch_items i, jsonb_to_record(i.before->'reached')
      as was(stage_entered_at timestamptz, qualified_at timestamptz, negotiated_at timestamptz)
    where i.tenant_id = ${db.tenantId}::uuid and i.batch_id = ${batchId}::uuid and i.before ? 'reached'
      and i.deal_id = any(${dealIds}::uuid[]) and d.tenant_id = ${db.tenantId}::uuid and d.id = i.deal_id`)

/** Holds a batch until the transaction ends. */
export const lockBatch = (db: TenantDb, batchId: string) =>
  db.queryOne<{ actorId: string | null; undone: boolean; items: BatchItem[] }>(sql`
    select b.actor_id as "actorId", b.undone_at is not null as undone,
      (select json_agg(json_build_object('dealId', i.deal_id, 'before', i.before - 'reached', 'version', i.version))
        from deal_batch_items i where i.tenant_id = b.tenant_id and i.batch_id = b.id) as items
    from deal_batches b where b.tenant_id = ${db.tenantId}::uuid and b.id = ${batchId}::uuid for update of b`)

export const markUndone = (db: TenantDb, batchId: string, now: Date): Promise<number> =>
  db.execute(
    sql`update deal_batches set undone_at = ${now} where tenant_id = ${db.tenantId}::uuid and id = ${batchId}::uuid`,
  )
