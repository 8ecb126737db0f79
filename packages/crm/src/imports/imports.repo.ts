// The rows that stand for an import, and the file behind it.
import type { NewFile } from '@throughline/accounts'
import type {
  DealImportView,
  ImportPreview,
  ImportReport,
  ImportState,
  RecordKind,
  StartImport,
} from '@throughline/contracts'
import { empty, instantOf, type Sql, sql, type TenantDb } from '@throughline/db'
import { isReverting, revertibleUntil } from './revert-period.repo.ts'

/** @returns the import's id */
export async function insertImport(
  db: TenantDb,
  { kind, ...file }: NewFile & { fileId: string; kind: RecordKind },
): Promise<string> {
  const { fileId, name: fileName, sizeBytes, sha256, createdById } = file
  const data = { tenantId: db.tenantId, kind, fileId, fileName, sizeBytes: BigInt(sizeBytes), sha256, createdById }
  return (await db.prisma.dealImport.create({ data, select: { id: true } })).id
}

/** `dealImportView` of a row `i`; preview and report can be large and are left out of lists. */
const importJson = (preview: Sql, report: Sql): Sql => sql`json_build_object(
  'id', i.id, 'kind', i.kind, 'dryRun', i.dry_run, 'fileName', i.file_name, 'sizeBytes', i.size_bytes, 'sha256', i.sha256,
  'state', i.state, 'jobId', i.job_id, 'preview', ${preview}, 'mapping', i.mapping->'mapping', 'rowsRead', i.rows_read,
  'rowsCreated', i.rows_created, 'rowsUpdated', i.rows_updated, 'rowsUnchanged', i.rows_unchanged,
  'rowsRejected', i.rows_rejected, 'report', ${report}, 'rejectedFileId', i.rejected_file_id,
  'sameAsImportId', (select e.id from deal_imports e where e.tenant_id = i.tenant_id and e.sha256 = i.sha256
    and e.kind = i.kind and e.state = 'SUCCEEDED' and not e.dry_run and (e.created_at, e.id) < (i.created_at, i.id)
    order by e.created_at desc limit 1),
  'reverting', i.state = 'SUCCEEDED' and ${isReverting}, 'revertibleUntil', ${instantOf(revertibleUntil)},
  'error', i.error, 'createdAt', ${instantOf(sql`i.created_at`)}, 'finishedAt', ${instantOf(sql`i.finished_at`)},
  'revertedAt', ${instantOf(sql`i.reverted_at`)})`

/** What a preview of before there were sources and own fields lacks. */
const wholePreview = sql`'{"source": null, "customFields": []}'::jsonb || i.preview`

/** One import with its preview. */
export async function findImport(db: TenantDb, importId: string): Promise<DealImportView | undefined> {
  const row = await db.queryOne<{ import: DealImportView }>(sql`
    select ${importJson(wholePreview, sql`i.report`)} as import from deal_imports i
    where i.tenant_id = ${db.tenantId}::uuid and i.id = ${importId}::uuid`)
  return row?.import
}

/** Of parallel wishes about one import, one is looked at after the other. Until the end of the transaction. */
export const lockImport = (db: TenantDb, importId: string): Promise<number> =>
  db.execute(
    sql`select 1 from deal_imports where tenant_id = ${db.tenantId}::uuid and id = ${importId}::uuid for update`,
  )

/** Newest first; one more than asked for when there is a next page. */
export async function findImports(
  db: TenantDb,
  { limit, after }: { limit: number; after: [string, string] | null },
): Promise<DealImportView[]> {
  const before = after ? sql`and (i.created_at, i.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : empty
  const nothing = sql`null::json`
  const rows = await db.query<{ import: DealImportView }>(sql`
    select ${importJson(nothing, nothing)} as import from deal_imports i where i.tenant_id = ${db.tenantId}::uuid ${before}
    order by i.created_at desc, i.id desc limit ${limit + 1}`)
  return rows.map((row) => row.import)
}

export interface ImportFile {
  kind: RecordKind
  state: ImportState
  storageKey: string
  sizeBytes: number
  fileName: string
  preview: ImportPreview | null
  start: StartImport | null
  report: ImportReport | null
  currency: string
}

/** What a job needs to read the file of an import. */
export async function findImportFile(db: TenantDb, importId: string): Promise<ImportFile | undefined> {
  const row = await db.queryOne<ImportFile & { sizeBytes: string }>(sql`
    select i.kind::text as kind, i.state::text as state, f.storage_key as "storageKey", i.size_bytes as "sizeBytes",
      i.file_name as "fileName", ${wholePreview} as preview, i.mapping as start, i.report,
      (select currency from tenants where id = i.tenant_id) as currency
    from deal_imports i join files f on f.tenant_id = i.tenant_id and f.id = i.file_id
    where i.tenant_id = ${db.tenantId}::uuid and i.id = ${importId}::uuid`)
  return row && { ...row, sizeBytes: Number(row.sizeBytes) }
}

export interface ImportChanges {
  jobId?: string
  preview?: ImportPreview
  mapping?: StartImport
  dryRun?: boolean
  sourceId?: string
  rowsRead?: number
  rowsCreated?: number
  rowsUpdated?: number
  rowsUnchanged?: number
  rowsRejected?: number
  report?: ImportReport
  rejectedFileId?: string
  error?: { message: string; line?: number }
  finishedAt?: Date
  revertedAt?: Date
}

/** Compare and set. @returns whether the import was in one of `from` */
export async function changeImport(
  db: TenantDb,
  importId: string,
  { from, to, changes = {} }: { from: readonly ImportState[]; to: ImportState; changes?: ImportChanges },
): Promise<boolean> {
  const where = { tenantId: db.tenantId, id: importId, state: { in: [...from] } }
  const { count } = await db.prisma.dealImport.updateMany({ where, data: { ...changes, state: to } })
  return count === 1
}

/** Notes the job that is at work on an import. */
export const noteJob = (db: TenantDb, importId: string, jobId: string): Promise<number> =>
  db.execute(
    sql`update deal_imports set job_id = ${jobId}::uuid where tenant_id = ${db.tenantId}::uuid and id = ${importId}::uuid`,
  )

/** Members by e-mail, in lower case. */
export async function readOwnerIds(db: TenantDb): Promise<Map<string, string>> {
  const members = await db.query<{ id: string; email: string }>(
    sql`select id, lower(email) as email from members where tenant_id = ${db.tenantId}::uuid`,
  )
  return new Map(members.map(({ id, email }) => [email, id]))
}
