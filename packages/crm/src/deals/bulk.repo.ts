// What a wish about many deals was, and what they were before it.
import { type Sql, sql, type TenantDb } from '@throughline/db'
import type { DealValues } from './deals.repo.ts'

export interface BatchItem {
  dealId: string
  before: Partial<DealValues>
  /** Of the deal after the wish. */
  version: number
}

/**
 * Before the deals are written: what they have reached is remembered with them, and a move may change it.
 * @param items as many as the wish has deals: they are kept as one document
 */
export async function insertBatch(
  db: TenantDb,
  { id, action, actorId, now }: { id: string; action: string; actorId: string | null; now: Date },
  items: readonly BatchItem[],
): Promise<void> {
  const t = sql`${db.tenantId}::uuid`
  const text = JSON.stringify(items)
  const moves = items.some(({ before }) => 'stage' in before)
  await db.execute(sql`
    insert into deal_batches (tenant_id, id, action, actor_id, created_at, items)
    values (${t}, ${id}::uuid, ${action}, ${actorId}::uuid, ${now}, ${moves ? withReached(t, text) : sql`${text}::jsonb`})`)
}

const withReached = (t: Sql, items: string): Sql => sql`(
      select jsonb_agg(jsonb_build_object('dealId', d.id, 'version', i.version, 'before', i.before || jsonb_build_object(
        'reached', jsonb_build_object('stage_entered_at', d.stage_entered_at, 'qualified_at', d.qualified_at,
          'negotiated_at', d.negotiated_at, 'lead_seconds', d.lead_seconds, 'qualified_seconds', d.qualified_seconds,
          'negotiation_seconds', d.negotiation_seconds))))
      from jsonb_to_recordset(${items}::jsonb) as i("dealId" uuid, before jsonb, version int)
      join deals d on d.tenant_id = ${t} and d.id = i."dealId")`

/** A move that was taken back has reached nothing: the deals' dates are what they were. The history keeps both moves. */
export const restoreReached = (db: TenantDb, batchId: string, dealIds: readonly string[]): Promise<number> =>
  db.execute(sql`
    update deals d set stage_entered_at = was.stage_entered_at, qualified_at = was.qualified_at, negotiated_at = was.negotiated_at,
      lead_seconds = was.lead_seconds, qualified_seconds = was.qualified_seconds, negotiation_seconds = was.negotiation_seconds
    from deal_batches b, jsonb_to_recordset(b.items) as i("dealId" uuid, before jsonb), jsonb_to_record(i.before->'reached')
      as was(stage_entered_at timestamptz, qualified_at timestamptz, negotiated_at timestamptz, lead_seconds int,
        qualified_seconds int, negotiation_seconds int)
    where b.tenant_id = ${db.tenantId}::uuid and b.id = ${batchId}::uuid and i.before ? 'reached'
      and i."dealId" = any(${dealIds}::uuid[]) and d.tenant_id = ${db.tenantId}::uuid and d.id = i."dealId"`)

/** Holds a batch until the transaction ends. */
export const lockBatch = (db: TenantDb, batchId: string) =>
  db.queryOne<{ actorId: string | null; undone: boolean; items: BatchItem[] }>(sql`
    select actor_id as "actorId", undone_at is not null as undone, items
    from deal_batches where tenant_id = ${db.tenantId}::uuid and id = ${batchId}::uuid for update`)

export const markUndone = (db: TenantDb, batchId: string, now: Date): Promise<number> =>
  db.execute(
    sql`update deal_batches set undone_at = ${now} where tenant_id = ${db.tenantId}::uuid and id = ${batchId}::uuid`,
  )
