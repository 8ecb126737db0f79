import type { DataExportView, ExportDefinition, ExportState } from '@throughline/contracts'
import { empty, instantOf, rowLimit, type Sql, sql, type TenantDb } from '@throughline/db'
import type { OwnColumn } from './export-columns.repo.ts'

/** A file that is past its day is gone for whoever asks, also before the schedule has been there. */
const exportJson = (now: Date): Sql => {
  const over = sql`(x.state = 'SUCCEEDED' and x.expires_at <= ${now}::timestamptz)`
  return sql`json_build_object('id', x.id, 'kind', x.kind, 'state', case when ${over} then 'EXPIRED' else x.state::text end,
    'jobId', x.job_id, 'fileId', case when not ${over} then x.file_id end, 'rows', x.rows,
    'sizeBytes', (select f.size_bytes from files f where f.tenant_id = x.tenant_id and f.id = x.file_id), 'error', x.error,
    'createdAt', ${instantOf(sql`x.created_at`)}, 'finishedAt', ${instantOf(sql`x.finished_at`)},
    'expiresAt', ${instantOf(sql`x.expires_at`)})`
}

/** Of one person, newest first; one more than asked for when there is a next page. */
export async function findExports(
  db: TenantDb,
  of: { memberId: string | null; now: Date; limit: number; after: [string, string] | null },
): Promise<DataExportView[]> {
  const { memberId, now, limit, after } = of
  const before = after ? sql`and (x.created_at, x.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : empty
  const rows = await db.query<{ export: DataExportView }>(sql`select ${exportJson(now)} as export from data_exports x
    where x.tenant_id = ${db.tenantId}::uuid and x.created_by_id = ${memberId}::uuid ${before}
    order by x.created_at desc, x.id desc limit ${rowLimit(limit + 1)}`)
  return rows.map((row) => row.export)
}

/** One of this person's. */
export async function findExport(
  db: TenantDb,
  { exportId, memberId, now }: { exportId: string; memberId: string | null; now: Date },
): Promise<DataExportView | undefined> {
  const row = await db.queryOne<{ export: DataExportView }>(sql`select ${exportJson(now)} as export from data_exports x
    where x.tenant_id = ${db.tenantId}::uuid and x.id = ${exportId}::uuid and x.created_by_id = ${memberId}::uuid`)
  return row?.export
}

/** Of parallel wishes of one person, one is looked at after the other. Until the end of the transaction. */
export const lockExportsOf = (db: TenantDb, memberId: string | null): Promise<number> =>
  db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`export/${db.tenantId}/${memberId}`}, 0))`)

/** When this person last asked for an export that did not fail. */
export async function lastAskedAt(db: TenantDb, memberId: string | null): Promise<Date | undefined> {
  const row = await db.queryOne<{ at: Date }>(sql`select created_at as at from data_exports
    where tenant_id = ${db.tenantId}::uuid and created_by_id = ${memberId}::uuid and state <> 'FAILED'
    order by created_at desc limit 1`)
  return row?.at
}

export interface NewExport {
  definition: ExportDefinition
  scopeId: string | null
  memberId: string | null
  now: Date
}

/** @returns the id */
export async function insertExport(db: TenantDb, input: NewExport): Promise<string> {
  const { definition, scopeId, memberId, now } = input
  const row = await db.queryOne<{ id: string }>(sql`
    insert into data_exports (tenant_id, id, kind, definition, scope_id, created_by_id, created_at)
    values (${db.tenantId}::uuid, uuidv7(), ${definition.kind}::"RecordKind", ${JSON.stringify(definition)}::jsonb,
      ${scopeId}::uuid, ${memberId}::uuid, ${now}) returning id`)
  if (!row) throw new Error('an export was not kept')
  return row.id
}

export const noteExportJob = (db: TenantDb, exportId: string, jobId: string): Promise<number> =>
  db.execute(sql`update data_exports set job_id = ${jobId}::uuid
    where tenant_id = ${db.tenantId}::uuid and id = ${exportId}::uuid`)

export interface ExportWork {
  state: ExportState
  definition: ExportDefinition
  scopeId: string | null
  memberId: string | null
  /** A person, who has a bell and a mailbox; the other kind is a key. */
  isPerson: boolean
  timezone: string
  own: OwnColumn[]
}

/** What the job needs. */
export function readExportWork(db: TenantDb, exportId: string): Promise<ExportWork | undefined> {
  return db.queryOne<ExportWork>(sql`
    select x.state::text as state, x.definition, x.scope_id as "scopeId", x.created_by_id as "memberId", t.timezone,
      exists (select 1 from members m where m.tenant_id = x.tenant_id and m.id = x.created_by_id) as "isPerson",
      (select coalesce(json_agg(json_build_object('key', key, 'label', label, 'type', type)), '[]') from custom_fields
        where tenant_id = x.tenant_id and kind = 'DEAL' and archived_at is null) as own
    from data_exports x join tenants t on t.id = x.tenant_id
    where x.tenant_id = ${db.tenantId}::uuid and x.id = ${exportId}::uuid`)
}

export interface ExportChanges {
  fileId?: string | null
  rows?: number
  error?: { message: string }
  finishedAt?: Date
  expiresAt?: Date
}

/** Compare and set. @returns whether the export was in one of `from` */
export async function changeExport(
  db: TenantDb,
  exportId: string,
  { from, to, changes = {} }: { from: readonly ExportState[]; to: ExportState; changes?: ExportChanges },
): Promise<boolean> {
  const where = { tenantId: db.tenantId, id: exportId, state: { in: [...from] } }
  const { count } = await db.prisma.dataExport.updateMany({ where, data: { ...changes, state: to } })
  return count === 1
}

export interface ExpiredExport {
  exportId: string
  fileId: string
  storageKey: string
}

/** Files whose day is over. */
export const findExpired = (db: TenantDb, now: Date): Promise<ExpiredExport[]> =>
  db.query<ExpiredExport>(sql`
    select x.id as "exportId", x.file_id as "fileId", f.storage_key as "storageKey"
    from data_exports x join files f on f.tenant_id = x.tenant_id and f.id = x.file_id
    where x.tenant_id = ${db.tenantId}::uuid and x.state = 'SUCCEEDED' and x.expires_at <= ${now}::timestamptz order by x.id`)
