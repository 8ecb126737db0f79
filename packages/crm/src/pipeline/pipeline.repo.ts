import { sql, type TenantDb } from '@throughline/db'
import type { StageRow } from './pipeline.rules.ts'

export interface KeptPipeline {
  rows: StageRow[]
  /** When it was last changed; null while the firm has the defaults. */
  changedAt: Date | null
}

export async function findStages(db: TenantDb): Promise<KeptPipeline> {
  const found = await db.query<StageRow & { updatedAt: Date }>(sql`
    select stage::text as stage, name, position, probability, updated_at as "updatedAt"
    from pipeline_stages where tenant_id = ${db.tenantId}::uuid order by position`)
  const times = found.map(({ updatedAt }) => updatedAt.getTime())
  return {
    rows: found.map(({ updatedAt: _updatedAt, ...row }) => row),
    changedAt: times.length === 0 ? null : new Date(Math.max(...times)),
  }
}

/** One change of a pipeline comes after the other: the firm may have no row yet that could be locked. */
export const holdPipeline = (db: TenantDb): Promise<number> =>
  db.execute(sql`select 1 from tenants where id = ${db.tenantId}::uuid for update`)

/** Writes all stages in one statement. */
export const writeStages = (db: TenantDb, rows: readonly StageRow[], now: Date): Promise<number> =>
  db.execute(sql`
    insert into pipeline_stages (tenant_id, stage, name, position, probability, updated_at)
    select ${db.tenantId}::uuid, (r->>'stage')::"DealStage", r->>'name', (r->>'position')::int, (r->>'probability')::int,
      ${now}::timestamptz
    from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) r
    on conflict (tenant_id, stage) do update set name = excluded.name, position = excluded.position,
      probability = excluded.probability, updated_at = excluded.updated_at`)
